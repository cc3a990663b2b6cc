/* The child leaves by _exit so that the parent's pending line is written once: this is correct. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;

    printf("header\n");
    if (fork() == 0)
        _exit(3);
    wait(&status);
    printf("child said %d\n", WEXITSTATUS(status));
    return 0;
}
