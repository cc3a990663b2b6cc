/* Asks for the child with WNOHANG until it has ended, for more than a second of CPU time. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        usleep(1300000);
        _exit(0);
    }
    while (waitpid(pid, &status, WNOHANG) == 0)
        ;
    puts("ended");
    return 0;
}
