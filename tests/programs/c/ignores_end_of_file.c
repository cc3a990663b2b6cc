/* read() returns 0 for ever: the end is no error, but no data either. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    char line[128];
    int n, total = 0, fd = open("/etc/passwd", O_RDONLY);

    while ((n = read(fd, line, sizeof line)) != -1)
        total += n;
    printf("%d\n", total);
    return 0;
}
