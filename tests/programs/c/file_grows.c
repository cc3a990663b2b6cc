/* Appends to its log until the disk is full, or somebody stops it. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    char line[4096];
    int fd = open("debug.log", O_WRONLY | O_CREAT | O_APPEND, 0600);

    memset(line, '.', sizeof line);
    while (write(fd, line, sizeof line) > 0)
        ;
    perror("debug.log");
    return 1;
}
