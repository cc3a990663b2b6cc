/* timer_create wakes a process that reads a pipe nobody writes to: EINTR, and it goes on. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void ring(int sig)
{
    (void)sig;
}

int main(void)
{
    int p[2];
    char c;
    timer_t timer;
    struct sigaction sa = {.sa_handler = ring}; /* no SA_RESTART */
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
    struct itimerspec when = {{0, 0}, {0, 600000000}};

    sigaction(SIGRTMIN, &sa, NULL);
    if (pipe(p) || timer_create(CLOCK_MONOTONIC, &event, &timer))
        return 1;
    timer_settime(timer, 0, &when, NULL);
    if (read(p[0], &c, 1) == -1 && errno == EINTR)
        puts("interrupted");
    return 0;
}
