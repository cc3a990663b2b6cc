/* timerfd, signalfd and eventfd in one poll loop. */
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    sigset_t set;
    struct itimerspec every = {{0, 150000000}, {0, 150000000}};
    int ticks = 0, children = 0, events = 0;
    uint64_t number;
    struct signalfd_siginfo info;

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int sfd = signalfd(-1, &set, 0), tfd = timerfd_create(CLOCK_MONOTONIC, 0), efd = eventfd(0, 0);
    timerfd_settime(tfd, 0, &every, NULL);
    if (fork() == 0) {
        number = 7;
        usleep(400000);
        (void)!write(efd, &number, 8);
        _exit(0);
    }
    struct pollfd fds[3] = {{sfd, POLLIN, 0}, {tfd, POLLIN, 0}, {efd, POLLIN, 0}};
    while (!children) {
        poll(fds, 3, -1);
        if (fds[1].revents && read(tfd, &number, 8) == 8)
            ticks++;
        if (fds[2].revents && read(efd, &number, 8) == 8)
            events += (int)number;
        if (fds[0].revents && read(sfd, &info, sizeof info) == sizeof info)
            children += wait(NULL) > 0;
    }
    printf("%s, %d, %d\n", ticks >= 1 ? "ticks" : "no ticks", events, children);
    return 0;
}
