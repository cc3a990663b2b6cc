/* Two children, one wait. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    for (int i = 0; i < 2; i++) {
        pid_t pid = fork();

        if (pid < 0) {
            perror("fork");
            exit(1);
        }
        if (pid == 0)
            exit(i);
    }
    wait(NULL);
    usleep(300000);
    puts("ready");
    return 0;
}
