/* The child cuts the file short while the parent has it mapped. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    long sum = 0;
    int fd = open("table", O_RDWR | O_CREAT, 0600);

    if (fd < 0 || ftruncate(fd, 3 * 4096))
        return 1;
    int *table = mmap(0, 3 * 4096, PROT_READ, MAP_SHARED, fd, 0);
    if (fork() == 0)
        _exit(ftruncate(fd, 4096) != 0);
    wait(NULL);
    for (int i = 0; i < 3 * 1024; i++)
        sum += table[i];
    printf("%ld\n", sum);
    return 0;
}
