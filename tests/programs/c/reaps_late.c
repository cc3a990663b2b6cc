/* The children are zombies for half a second; then they are waited for, after a look without. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    siginfo_t info;
    int reaped = 0;

    for (int i = 0; i < 3; i++)
        if (fork() == 0)
            _exit(i);
    usleep(500000);
    waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
    while (waitid(P_ALL, 0, &info, WEXITED) == 0)
        reaped++;
    printf("%d reaped\n", reaped);
    return 0;
}
