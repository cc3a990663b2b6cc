/* fflush(NULL), then _exit; write(2) needs no flush at all. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    FILE *log = fopen("log", "w");

    if (fork() == 0) {
        fprintf(log, "child\n");
        printf("child\n");
        fflush(NULL);
        (void)!write(1, "at once\n", 8);
        _exit(0);
    }
    wait(NULL);
    puts("parent");
    return 0;
}
