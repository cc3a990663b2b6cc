/* Past the end of the file, but within its last page: zeros, no signal. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    int fd = open("short", O_RDWR | O_CREAT, 0644);

    if (write(fd, "abc", 3) != 3)
        return 1;
    char *p = mmap(NULL, 100, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p == MAP_FAILED)
        return 1;
    p[50] = 'z';
    printf("%d %c\n", p[3], p[50]);
    return 0;
}
