/* The worker is stopped by SIGTERM while it has a line that it has not written yet. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;
    pid_t worker = fork();

    if (worker == 0) {
        printf("half of a li");
        for (;;)
            pause();
    }
    usleep(300000);
    kill(worker, SIGTERM);
    waitpid(worker, &status, 0);
    printf("stopped by %d\n", WTERMSIG(status));
    return 0;
}
