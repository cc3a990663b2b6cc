/* The usual way to read a file through memory: private, writable by accident, never written. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int lines = 0, status, fd = open("poem", O_RDWR | O_CREAT, 0600);
    const char text[] = "one\ntwo\nthree\n";

    if (write(fd, text, sizeof text - 1) != (ssize_t)sizeof text - 1)
        return 1;
    char *map = mmap(NULL, sizeof text - 1, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    if (map == MAP_FAILED)
        return 1;
    if (fork() == 0)
        _exit(map[4]);
    wait(&status);
    for (size_t i = 0; i < sizeof text - 1; i++)
        lines += map[i] == '\n';
    printf("%d lines, %c\n", lines, WEXITSTATUS(status));
    return 0;
}
