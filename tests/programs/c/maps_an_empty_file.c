/* Maps a page of a new file whose length is 0. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    int fd = open("data.bin", O_RDWR | O_CREAT | O_TRUNC, 0644);
    char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (p == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    p[0] = 'x';
    return 0;
}
