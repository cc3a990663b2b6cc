/* The child stays in the loop that makes children: 2 to the power of 12 processes. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    for (int i = 0; i < 12; i++) {
        pid_t pid = fork();

        if (pid == 0)
            usleep(1000); /* work; then there should be an _exit */
    }
    sleep(2);
    while (wait(NULL) > 0)
        ;
    return 0;
}
