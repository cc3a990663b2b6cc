/* capture("seq 1 50000"), which waits for the program and then reads what it said. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *capture(char *argv[])
{
    int fds[2], status;
    size_t used = 0, n;
    char *text = malloc(1 << 20);
    pid_t pid;

    if (text == NULL || pipe(fds) == -1)
        return NULL;
    pid = fork();
    if (pid == 0) {
        dup2(fds[1], STDOUT_FILENO);
        close(fds[0]);
        close(fds[1]);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(fds[1]);
    waitpid(pid, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return NULL;
    while ((n = read(fds[0], text + used, (1 << 20) - 1 - used)) > 0)
        used += n;
    text[used] = '\0';
    return text;
}

int main(void)
{
    char *argv[] = {"seq", "1", "50000", NULL};
    char *text = capture(argv);

    if (text)
        printf("%zu bytes\n", strlen(text));
    return text == NULL;
}
