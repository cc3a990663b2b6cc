/* Lays out a file much larger than it may be. */
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    int fd = open("store", O_RDWR | O_CREAT, 0600);

    if (fd < 0)
        err(1, "store");
    if (ftruncate(fd, 64L << 20) < 0)
        err(1, "ftruncate");
    return 0;
}
