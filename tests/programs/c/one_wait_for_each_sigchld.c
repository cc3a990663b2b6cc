/* Signals do not queue: two children end while SIGCHLD is blocked, and the handler waits once. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void reap(int sig)
{
    (void)sig;
    wait(NULL);
}

int main(void)
{
    sigset_t block;
    struct sigaction sa = {.sa_handler = reap};

    sigaction(SIGCHLD, &sa, NULL);
    sigemptyset(&block);
    sigaddset(&block, SIGCHLD);
    sigprocmask(SIG_BLOCK, &block, NULL);
    for (int i = 0; i < 2; i++)
        if (fork() == 0)
            _exit(0);
    usleep(200000); /* some critical section */
    sigprocmask(SIG_UNBLOCK, &block, NULL);
    usleep(200000);
    puts("done");
    return 0;
}
