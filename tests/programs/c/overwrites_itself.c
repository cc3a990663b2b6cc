/* Ten megabytes are written, always to the same half megabyte. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
    static char block[500000];
    struct stat st;
    int fd = open("ring", O_RDWR | O_CREAT, 0600);

    for (int i = 0; i < 20; i++)
        if (pwrite(fd, block, sizeof block, 0) != (ssize_t)sizeof block)
            return 1;
    fstat(fd, &st);
    printf("%ld\n", (long)st.st_size);
    return 0;
}
