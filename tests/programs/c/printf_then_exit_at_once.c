/* The child prints its result and leaves by _exit: into a pipe or a file nothing arrives. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    if (fork() == 0) {
        printf("the result is %d\n", 6 * 7);
        _exit(0);
    }
    wait(NULL);
    return 0;
}
