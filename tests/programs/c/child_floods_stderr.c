/* The child complains about the same thing for ever; the parent waits. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    if (fork() == 0)
        for (;;)
            fprintf(stderr, "warning: value out of range, trying again\n");
    wait(NULL);
    return 0;
}
