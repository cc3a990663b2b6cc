/* An event loop whose only source is a pipe that nobody else has. */
#include <err.h>
#include <sys/epoll.h>
#include <unistd.h>

int main(void)
{
    int wakeup[2], epfd = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event ev = {.events = EPOLLIN};

    if (epfd < 0 || pipe(wakeup) < 0)
        err(1, "setup");
    ev.data.fd = wakeup[0];
    if (epoll_ctl(epfd, EPOLL_CTL_ADD, wakeup[0], &ev) < 0)
        err(1, "epoll_ctl");
    for (;;) {
        struct epoll_event got[4];
        int n = epoll_wait(epfd, got, 4, -1);

        if (n > 0 && (got[0].events & EPOLLHUP))
            break;
    }
    return 0;
}
