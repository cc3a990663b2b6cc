/* Some other program may cut the file, so the reader is prepared for SIGBUS. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static sigjmp_buf back;

static void on_bus(int sig)
{
    siglongjmp(back, sig);
}

int main(void)
{
    int fd = open("shared", O_RDWR | O_CREAT, 0600);
    struct sigaction sa = {.sa_handler = on_bus};

    sigaction(SIGBUS, &sa, NULL);
    volatile char *p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
    if (sigsetjmp(back, 1) == 0)
        printf("%d\n", p[0]);
    else
        puts("the file has become shorter");
    return 0;
}
