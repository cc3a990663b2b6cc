/* sleep(500) was meant to be half a second. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    if (fork() == 0) {
        sleep(500);
        _exit(0);
    }
    wait(NULL);
    puts("done");
    return 0;
}
