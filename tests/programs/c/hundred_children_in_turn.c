/* Many processes, but one after the other. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int done = 0, status;

    for (int i = 0; i < 150; i++) {
        if (fork() == 0)
            _exit(0);
        if (wait(&status) > 0 && status == 0)
            done++;
    }
    printf("%d\n", done);
    return 0;
}
