/* The child changes a string literal; the parent only notes that the child has failed. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void shout(char *text)
{
    for (; *text; text++)
        *text -= 32;
}

int main(void)
{
    int status;

    if (fork() == 0) {
        shout("quiet");
        _exit(0);
    }
    wait(&status);
    if (!WIFEXITED(status))
        fprintf(stderr, "child failed\n");
    return 0;
}
