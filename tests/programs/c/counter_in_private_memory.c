/* The counter is in an anonymous mapping that each process has for itself. */
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int *counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (counter == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    for (int i = 0; i < 4; i++)
        if (fork() == 0) {
            ++*counter;
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    printf("counter = %d\n", *counter);
    return 0;
}
