/* Polls its own pipe, but not for ever. */
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    int p[2];
    struct pollfd pfd;

    if (pipe(p) == -1)
        return 2;
    pfd.fd = p[0];
    pfd.events = POLLIN;
    if (poll(&pfd, 1, 700) == 0)
        puts("nothing came");
    return 0;
}
