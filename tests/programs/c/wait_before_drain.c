/* The parent waits for a child that has more to say than the pipe holds. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    static char data[100000];
    int ends[2];

    if (pipe(ends) == -1)
        return 1;
    memset(data, 'x', sizeof data);
    if (fork() == 0) {
        close(ends[0]);
        _exit(write(ends[1], data, sizeof data) != sizeof data);
    }
    close(ends[1]);
    wait(NULL);
    return read(ends[0], data, sizeof data) < 0;
}
