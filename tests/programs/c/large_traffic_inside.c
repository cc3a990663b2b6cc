/* Three megabytes through a pipe of its own; a few bytes to the outside. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    static char block[65536];
    int p[2];
    long total = 0;
    ssize_t n;

    if (pipe(p))
        return 1;
    if (fork() == 0) {
        close(p[0]);
        for (int i = 0; i < 48; i++)
            for (size_t done = 0; done < sizeof block;) {
                n = write(p[1], block + done, sizeof block - done);
                if (n < 0)
                    _exit(1);
                done += n;
            }
        _exit(0);
    }
    close(p[1]);
    while ((n = read(p[0], block, sizeof block)) > 0)
        total += n;
    wait(NULL);
    printf("%ld\n", total);
    return 0;
}
