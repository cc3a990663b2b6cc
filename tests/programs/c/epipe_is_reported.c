/* Ignores SIGPIPE, sees EPIPE, reports it and fails. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int fd[2], i;

    signal(SIGPIPE, SIG_IGN);
    if (pipe(fd) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fd[0], 0);
        close(fd[0]);
        close(fd[1]);
        execlp("no-such-filter", "no-such-filter", (char *)0);
        _exit(127);
    }
    close(fd[0]);
    waitpid(pid, NULL, 0);
    for (i = 0; i < 10; i++)
        if (write(fd[1], "line\n", 5) < 0) {
            perror("write to filter");
            exit(EXIT_FAILURE);
        }
    return EXIT_SUCCESS;
}
