/* One child waits for the parent, the parent waits for the other child, which is only slow. */
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    int go[2];
    pid_t listener, sleeper;
    char c = 0;

    if (pipe(go))
        return 1;
    if ((listener = fork()) == 0) {
        close(go[1]);
        _exit(read(go[0], &c, 1) == 1 ? c : 99);
    }
    close(go[0]);
    if ((sleeper = fork()) == 0) {
        struct timespec t = {.tv_nsec = 600000000};

        close(go[1]);
        nanosleep(&t, NULL);
        _exit(0);
    }
    waitpid(sleeper, NULL, 0);
    c = 7;
    (void)!write(go[1], &c, 1);
    int status;
    waitpid(listener, &status, 0);
    printf("%d\n", WEXITSTATUS(status));
    return 0;
}
