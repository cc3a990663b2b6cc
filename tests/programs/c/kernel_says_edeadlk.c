/* Classic record locks: the kernel finds the ring itself, and the loser starts again. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int fd;

static int lock(short type, off_t start)
{
    struct flock region = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = 1};

    return fcntl(fd, F_SETLKW, &region);
}

static int both(off_t one, off_t two)
{
    for (;;) {
        if (lock(F_WRLCK, one) == -1)
            return 1;
        usleep(200000);
        if (lock(F_WRLCK, two) == 0)
            return 0;
        if (errno != EDEADLK)
            return 1;
        lock(F_UNLCK, one);
        usleep(300000);
    }
}

int main(void)
{
    int status, sum = 0;

    fd = open("records", O_RDWR | O_CREAT, 0600);
    if (fork() == 0)
        _exit(both(0, 1));
    if (fork() == 0)
        _exit(both(1, 0));
    while (wait(&status) > 0)
        sum += status;
    printf("done %d\n", sum);
    return sum;
}
