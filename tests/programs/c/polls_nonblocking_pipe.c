/* Reads without blocking, over and over; the child takes its time. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int p[2];
    char c;

    if (pipe(p) || fcntl(p[0], F_SETFL, O_NONBLOCK))
        return 1;
    if (fork() == 0) {
        sleep(20);
        (void)!write(p[1], "x", 1);
        _exit(0);
    }
    while (read(p[0], &c, 1) == -1 && errno == EAGAIN)
        ;
    wait(NULL);
    printf("%c\n", c);
    return 0;
}
