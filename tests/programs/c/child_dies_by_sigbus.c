/* The worker touches a page past the end; the parent reports it and ends as if nothing were. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status, fd = open("log", O_RDWR | O_CREAT, 0644);

    (void)!write(fd, "header", 6);
    if (fork() == 0) {
        char *p = mmap(NULL, 2 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

        strcpy(p + 4096, "record");
        _exit(0);
    }
    wait(&status);
    if (WIFSIGNALED(status))
        printf("worker: %s\n", strsignal(WTERMSIG(status)));
    return 0;
}
