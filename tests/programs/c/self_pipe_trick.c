/* A process that reads its own pipe: a signal handler writes to it. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static int self[2];

static void on_alarm(int sig)
{
    int saved = errno;

    (void)!write(self[1], &sig, sizeof sig);
    errno = saved;
}

int main(void)
{
    struct sigaction sa;
    struct itimerval timer = {{0, 0}, {0, 500000}};
    int sig = 0;

    if (pipe(self) < 0)
        return 1;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_alarm;
    sa.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &sa, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
    if (read(self[0], &sig, sizeof sig) != (ssize_t)sizeof sig)
        return 1;
    printf("signal %d\n", sig);
    return 0;
}
