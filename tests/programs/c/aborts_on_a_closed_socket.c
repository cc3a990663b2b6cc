/* A wrapper that reports and aborts on any error. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void check(long result, const char *what)
{
    if (result == -1) {
        perror(what);
        abort();
    }
}

int main(void)
{
    int sv[2];

    check(socketpair(AF_UNIX, SOCK_DGRAM, 0, sv), "socketpair");
    check(close(sv[0]), "close");
    check(send(sv[0], "x", 1, 0), "send");
    return 0;
}
