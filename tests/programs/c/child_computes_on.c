/* The child goes on computing after the end of the parent, which has lost patience. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    if (fork() == 0) {
        volatile double sum = 0;

        for (long i = 1; i > 0; i++)
            sum += 1.0 / i;
        _exit(0);
    }
    usleep(100000);
    if (waitpid(-1, NULL, WNOHANG) == 0)
        puts("not ready yet, good-bye");
    return 0;
}
