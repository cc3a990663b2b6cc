/* The child needs ten seconds, the parent does not wait. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    struct timespec ten = {10, 0};
    pid_t pid = fork();

    if (pid == 0) {
        nanosleep(&ten, NULL);
        _exit(0);
    }
    printf("started %s\n", pid > 0 ? "it" : "nothing");
    return 0;
}
