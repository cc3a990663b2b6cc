/* shm_open without shm_unlink. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    char name[32], *text;

    snprintf(name, sizeof name, "/board-%ld", (long)getpid());
    int fd = shm_open(name, O_CREAT | O_RDWR, 0600);
    if (fd < 0 || ftruncate(fd, 4096) < 0)
        return 1;
    text = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (text == MAP_FAILED)
        return 1;
    strcpy(text, "hello");
    munmap(text, 4096);
    close(fd);
    return 0;
}
