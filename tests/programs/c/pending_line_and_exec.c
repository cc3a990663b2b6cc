/* The child execs: its copy of the pending line is gone with the old program. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;

    printf("listing:\n");
    if (fork() == 0) {
        execlp("true", "true", (char *)NULL);
        _exit(127);
    }
    wait(&status);
    printf("end, %d\n", status);
    return 0;
}
