/* The child writes to the pipe with stdio, the parent gets nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int fd[2];
    char line[80];

    if (pipe(fd) == -1)
        exit(1);
    pid_t pid = fork();
    if (pid == 0) {
        FILE *out = fdopen(fd[1], "w");

        close(fd[0]);
        for (int i = 0; i < 5; i++)
            fprintf(out, "line %d\n", i);
        _exit(EXIT_SUCCESS);
    }
    close(fd[1]);
    FILE *in = fdopen(fd[0], "r");
    int lines = 0;
    while (fgets(line, sizeof line, in))
        lines++;
    waitpid(pid, NULL, 0);
    printf("%d lines\n", lines);
    return 0;
}
