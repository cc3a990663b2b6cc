/* It is the child that never ends its search. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status = 0;

    if (fork() == 0) {
        volatile unsigned seed = 1;

        do
            seed = seed * 1103515245u + 12345u;
        while (seed != 0x7fffffff + 1u || seed == 1 || seed);
        exit(0);
    }
    wait(&status);
    printf("%d\n", status);
    return 0;
}
