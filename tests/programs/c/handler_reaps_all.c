/* The same with a loop in the handler. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t reaped;

static void reap(int sig)
{
    int saved = errno;

    (void)sig;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        reaped++;
    errno = saved;
}

int main(void)
{
    struct sigaction sa = {.sa_handler = reap, .sa_flags = SA_RESTART | SA_NOCLDSTOP};

    sigaction(SIGCHLD, &sa, NULL);
    for (int i = 0; i < 5; i++)
        if (fork() == 0)
            _exit(0);
    while (reaped < 5)
        usleep(20000);
    printf("%d reaped\n", (int)reaped);
    return 0;
}
