/* A test of assertions: the child must end by SIGABRT, and does. */
#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;

    if (fork() == 0) {
        close(2);
        assert(2 + 2 == 5);
        _exit(0);
    }
    wait(&status);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)
        puts("assert works");
    return 0;
}
