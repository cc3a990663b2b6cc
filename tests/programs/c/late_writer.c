/* The parent keeps the write end for a while, then writes, closes and waits. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int p[2], status;

    if (pipe(p) != 0)
        abort();
    if (!fork()) {
        char line[80];
        ssize_t n;

        close(p[1]);
        while ((n = read(p[0], line, sizeof line)) > 0)
            (void)!write(1, line, n);
        _exit(0);
    }
    close(p[0]);
    usleep(700 * 1000);
    dprintf(p[1], "at last\n");
    close(p[1]);
    wait(&status);
    return status;
}
