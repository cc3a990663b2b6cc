/* Mixes up the two ends of the pipe. */
#include <err.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    char text[32];

    if (pipe(ends) < 0)
        err(1, "pipe");
    if (fork() == 0) {
        close(ends[1]);
        _exit(0);
    }
    wait(NULL);
    close(ends[0]);
    if (read(ends[1], text, sizeof text) < 0)
        err(1, "read from the child");
    return 0;
}
