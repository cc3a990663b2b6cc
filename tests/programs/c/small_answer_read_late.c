/* Waits before it reads, which is fine: the answer fits into the pipe. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    static char data[60000];
    int fd[2];
    ssize_t n, total = 0;

    if (pipe(fd) == -1)
        return 1;
    if (fork() == 0) {
        usleep(300000);
        memset(data, 'a', sizeof data);
        _exit(write(fd[1], data, sizeof data) != sizeof data);
    }
    close(fd[1]);
    wait(NULL);
    while ((n = read(fd[0], data, sizeof data)) > 0)
        total += n;
    printf("%zd\n", total);
    return 0;
}
