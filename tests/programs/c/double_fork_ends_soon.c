/* The grandchild belongs to init and ends soon after the program. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t pid = fork();

    if (pid == 0) {
        if (fork() == 0) {
            usleep(200000);
            _exit(0);
        }
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    puts("started");
    return 0;
}
