/* A file opened for reading only, patched in memory (as a loader does), and left alone. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    int fd = open("/etc/passwd", O_RDONLY);
    char *image = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);

    if (image == MAP_FAILED)
        return 1;
    close(fd);
    memcpy(image, "patched", 7);
    printf("%.7s\n", image);
    return 0;
}
