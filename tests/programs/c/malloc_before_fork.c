/* A large buffer is allocated once, before the fork; each process uses its copy for itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE (1 << 20)

int main(void)
{
    char *buffer = malloc(SIZE);
    int fd[2], i;
    size_t filled;

    if (buffer == NULL || pipe(fd) == -1)
        return 1;
    for (i = 0; i < 2; i++)
        if (fork() == 0) {
            memset(buffer, 'a' + i, SIZE);
            filled = strnlen(buffer, SIZE);
            if (write(fd[1], &filled, sizeof filled) != sizeof filled)
                _exit(1);
            usleep(300000);
            _exit(0);
        }
    for (i = 0; i < 2; i++)
        if (read(fd[0], &filled, sizeof filled) == sizeof filled)
            printf("%zu ", filled);
    while (wait(NULL) > 0)
        ;
    strcpy(buffer, "parent");
    puts(buffer);
    free(buffer);
    return 0;
}
