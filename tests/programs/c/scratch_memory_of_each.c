/* Private memory as scratch space: filled by the parent, changed by children for themselves. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status, sum = 0;
    int *numbers = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    for (int i = 0; i < 100; i++)
        numbers[i] = i;
    for (int child = 1; child <= 3; child++)
        if (fork() == 0) {
            int total = 0;

            for (int i = 0; i < 100; i++)
                total += numbers[i] *= child; /* its own copy */
            _exit(total % 251);
        }
    while (wait(&status) > 0)
        sum += WEXITSTATUS(status);
    munmap(numbers, 65536);
    printf("%d\n", sum);
    return 0;
}
