/* A POSIX segment, mapped MAP_PRIVATE by its writer. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char name[32];

    snprintf(name, sizeof name, "/mail-%d", (int)getpid());
    int fd = shm_open(name, O_CREAT | O_RDWR | O_EXCL, 0600);
    shm_unlink(name);
    if (fd == -1 || ftruncate(fd, 4096))
        return 1;
    if (fork() == 0) {
        char *mine = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);

        strcpy(mine, "letter");
        usleep(300000);
        _exit(0);
    }
    char *theirs = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
    wait(NULL);
    printf("[%s]\n", theirs);
    return 0;
}
