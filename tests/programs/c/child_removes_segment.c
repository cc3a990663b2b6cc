/* The last user removes it: here the child. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char name[32];
    int status;

    snprintf(name, sizeof name, "/job-%d", (int)getpid());
    int fd = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600);
    if (fd == -1 || ftruncate(fd, 8192) == -1)
        return 1;
    if (fork() == 0) {
        int mine = shm_open(name, O_RDWR, 0);
        int *p = mmap(NULL, 8192, PROT_READ, MAP_SHARED, mine, 0);

        shm_unlink(name);
        _exit(p == MAP_FAILED ? 1 : p[100]);
    }
    wait(&status);
    printf("%d\n", status);
    return 0;
}
