/* Opens the file for writing, changes it through a mapping, and calls msync: nothing is changed. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    char text[] = "all lower case\n", back[sizeof text] = "";
    int fd = open("text", O_RDWR | O_CREAT | O_TRUNC, 0644);

    if (fd == -1 || write(fd, text, sizeof text) != (ssize_t)sizeof text)
        return 1;
    char *map = mmap(NULL, sizeof text, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    if (map == MAP_FAILED)
        return 1;
    for (char *p = map; *p; p++)
        *p = toupper((unsigned char)*p);
    if (msync(map, sizeof text, MS_SYNC) == -1)
        perror("msync");
    munmap(map, sizeof text);
    (void)!pread(fd, back, sizeof back, 0);
    printf("%s", back);
    close(fd);
    return 0;
}
