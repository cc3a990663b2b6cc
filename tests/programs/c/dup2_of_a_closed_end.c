/* The child closes the end that it is about to put at its standard output. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int p[2], status;
    char line[64];
    ssize_t n;

    if (pipe(p) == -1)
        return 1;
    pid_t pid = fork();
    if (pid == 0) {
        close(p[0]);
        close(p[1]);
        if (dup2(p[1], STDOUT_FILENO) == -1) {
            fprintf(stderr, "child: dup2: %s\n", strerror(errno));
            exit(1);
        }
        execlp("date", "date", NULL);
        exit(127);
    }
    close(p[1]);
    while ((n = read(p[0], line, sizeof line)) > 0)
        fwrite(line, 1, n, stdout);
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}
