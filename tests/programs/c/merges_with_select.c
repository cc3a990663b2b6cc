/* select over three children that speak at different times. */
#include <stdio.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int fds[3], open_ends = 3, lines = 0, max = 0;

    for (int i = 0; i < 3; i++) {
        int p[2];

        if (pipe(p))
            return 1;
        if (fork() == 0) {
            close(p[0]);
            for (int n = 0; n < 3; n++) {
                usleep(60000 * (i + 1));
                dprintf(p[1], "%d\n", i);
            }
            _exit(0);
        }
        close(p[1]);
        fds[i] = p[0];
        max = p[0] > max ? p[0] : max;
    }
    while (open_ends > 0) {
        fd_set set;
        char text[64];

        FD_ZERO(&set);
        for (int i = 0; i < 3; i++)
            if (fds[i] >= 0)
                FD_SET(fds[i], &set);
        if (select(max + 1, &set, NULL, NULL, NULL) < 0)
            return 1;
        for (int i = 0; i < 3; i++) {
            if (fds[i] < 0 || !FD_ISSET(fds[i], &set))
                continue;
            ssize_t n = read(fds[i], text, sizeof text);
            for (ssize_t k = 0; k < n; k++)
                lines += text[k] == '\n';
            if (n <= 0) {
                close(fds[i]);
                fds[i] = -1;
                open_ends--;
            }
        }
    }
    while (wait(NULL) > 0)
        ;
    printf("%d lines\n", lines);
    return 0;
}
