/* Writes to a socket whose other side was closed. */
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int s[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, s) == -1)
        return 1;
    pid_t child = fork();
    if (child == 0) {
        char c;

        close(s[0]);
        _exit(read(s[1], &c, 1) != 1);
    }
    close(s[1]);
    (void)!write(s[0], "a", 1);
    waitpid(child, NULL, 0);
    (void)!write(s[0], "b", 1);
    puts("both sent");
    return 0;
}
