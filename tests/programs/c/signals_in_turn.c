/* Two processes take turns by SIGUSR1 and sigsuspend. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void nothing(int sig)
{
    (void)sig;
}

int main(void)
{
    sigset_t block, old;
    struct sigaction sa = {.sa_handler = nothing};
    int turns = 0;

    sigaction(SIGUSR1, &sa, NULL);
    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    sigprocmask(SIG_BLOCK, &block, &old);
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        for (int i = 0; i < 3; i++) {
            sigsuspend(&old);
            usleep(100000);
            kill(parent, SIGUSR1);
        }
        _exit(0);
    }
    for (int i = 0; i < 3; i++) {
        kill(child, SIGUSR1);
        sigsuspend(&old);
        turns++;
    }
    wait(NULL);
    printf("%d turns\n", turns);
    return 0;
}
