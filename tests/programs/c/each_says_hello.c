/* The usual first fork: both really print their own line, which is the same. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    printf("before\n");
    fflush(stdout);
    fork();
    printf("hello\n");
    wait(NULL);
    return 0;
}
