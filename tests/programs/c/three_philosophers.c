/* Three philosophers, three forks (files locked with open file description locks). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define N 3

static void grab(int fork_number)
{
    char name[16];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    snprintf(name, sizeof name, "fork.%d", fork_number);
    int fd = open(name, O_RDWR | O_CREAT, 0600);
    if (fcntl(fd, F_OFD_SETLKW, &lock) == -1)
        perror("fcntl");
}

int main(void)
{
    for (int i = 0; i < N; i++)
        if (fork() == 0) {
            grab(i);
            usleep(200000);
            grab((i + 1) % N);
            _exit(0);
        }
    for (int i = 0; i < N; i++)
        wait(NULL);
    return 0;
}
