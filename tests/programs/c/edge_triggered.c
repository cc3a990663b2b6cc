/* Reads until EAGAIN each time that epoll reports an edge: many EAGAINs, all in order. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int p[2], ep = epoll_create1(0), again = 0;
    struct epoll_event e = {.events = EPOLLIN | EPOLLET};
    long total = 0;
    ssize_t n = -1;
    char buffer[64];

    if (ep < 0 || pipe2(p, O_NONBLOCK))
        return 1;
    if (fork() == 0) {
        close(p[0]);
        for (int i = 0; i < 40; i++) {
            usleep(15000);
            (void)!write(p[1], "tick", 4);
        }
        _exit(0);
    }
    close(p[1]);
    epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &e);
    while (n != 0) {
        epoll_wait(ep, &e, 1, -1);
        while ((n = read(p[0], buffer, sizeof buffer)) > 0)
            total += n;
        if (n == -1 && errno == EAGAIN)
            again++;
    }
    wait(NULL);
    printf("%ld bytes, %s\n", total, again > 5 ? "many edges" : "few edges");
    return 0;
}
