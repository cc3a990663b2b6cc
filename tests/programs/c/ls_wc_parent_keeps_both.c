/* ls | wc -l where the parent never closes the pipe. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start(int from, int to, int fd[2], char *const argv[])
{
    pid_t pid = fork();

    if (pid == 0) {
        dup2(from, 0);
        dup2(to, 1);
        close(fd[0]);
        close(fd[1]);
        execvp(argv[0], argv);
        perror(argv[0]);
        exit(127);
    }
    return pid;
}

int main(void)
{
    int fd[2], status;
    char *ls[] = {"ls", "/", NULL}, *wc[] = {"wc", "-l", NULL};
    pid_t one, two;

    if (pipe(fd) == -1) {
        perror("pipe");
        return 1;
    }
    one = start(0, fd[1], fd, ls);
    two = start(fd[0], 1, fd, wc);
    waitpid(one, &status, 0);
    waitpid(two, &status, 0);
    return WEXITSTATUS(status);
}
