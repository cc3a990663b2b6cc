/* The pending line is in both processes' buffers, and both write it at their exit. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    printf("one,");
    switch (fork()) {
    case -1:
        perror("fork");
        return 1;
    case 0:
        printf(" child\n");
        exit(0);
    default:
        wait(NULL);
        printf(" parent\n");
    }
    return 0;
}
