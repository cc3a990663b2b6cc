/* The child has read ahead with stdio and leaves by _exit: a buffer of input is no output. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int p[2], status;
    char line[32];

    if (pipe(p))
        return 1;
    dprintf(p[1], "first\nsecond\nthird\n");
    close(p[1]);
    if (fork() == 0) {
        FILE *in = fdopen(p[0], "r");

        _exit(fgets(line, sizeof line, in) && line[0] == 'f' ? 0 : 1);
    }
    wait(&status);
    printf("%d\n", status);
    return 0;
}
