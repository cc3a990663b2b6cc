/* Gives sort three lines and waits for the answer, without ever telling sort that this was all. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int to[2], from[2];
    char line[100];

    if (pipe(to) == -1 || pipe(from) == -1) {
        perror("pipe");
        exit(1);
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        exit(1);
    }
    if (pid == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        close(to[0]); close(to[1]); close(from[0]); close(from[1]);
        execlp("sort", "sort", NULL);
        perror("sort");
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    dprintf(to[1], "pear\napple\nfig\n");
    FILE *answer = fdopen(from[0], "r");
    while (fgets(line, sizeof line, answer) != NULL)
        fputs(line, stdout);
    fclose(answer);
    close(to[1]);
    waitpid(pid, NULL, 0);
    return 0;
}
