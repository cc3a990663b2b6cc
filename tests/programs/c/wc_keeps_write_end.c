/* echo "one two" | wc -w, by hand: the child forgets both ends after dup2. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int fd[2];

    if (pipe(fd) < 0) {
        perror("pipe");
        exit(EXIT_FAILURE);
    }
    switch (fork()) {
    case -1:
        perror("fork");
        exit(EXIT_FAILURE);
    case 0:
        dup2(fd[0], STDIN_FILENO);
        close(fd[0]);
        execlp("wc", "wc", "-w", (char *)NULL);
        perror("wc");
        _exit(127);
    default:
        close(fd[0]);
        if (write(fd[1], "one two\n", 8) != 8)
            perror("write");
        close(fd[1]);
        wait(NULL);
    }
    return 0;
}
