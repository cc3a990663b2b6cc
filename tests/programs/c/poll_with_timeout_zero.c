/* The event loop asks with a time-out of 0 and starts again. */
#include <poll.h>
#include <unistd.h>

int main(void)
{
    int p[2];

    if (pipe(p) == -1)
        return 1;
    struct pollfd fds = {.fd = p[0], .events = POLLIN};
    while (poll(&fds, 1, 0) == 0)
        continue;
    return 0;
}
