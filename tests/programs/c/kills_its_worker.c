/* A worker that would run for ever is stopped and reaped before the program ends. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;
    pid_t worker = fork();

    if (worker == 0)
        for (;;)
            pause();
    usleep(200000);
    kill(worker, SIGTERM);
    waitpid(worker, &status, 0);
    printf("worker ended by signal %d\n", WTERMSIG(status));
    return 0;
}
