/* Unbuffered and line-buffered streams hold nothing back. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("one\n");
    if (fork() == 0) {
        printf("two\n");
        _exit(0);
    }
    wait(NULL);
    setvbuf(stdout, NULL, _IONBF, 0);
    printf("three");
    printf("\n");
    _exit(0);
}
