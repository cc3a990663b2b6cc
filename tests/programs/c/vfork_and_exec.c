/* vfork: the parent stands still until the child has become another program. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;
    pid_t pid = vfork();

    if (pid == 0) {
        execlp("sh", "sh", "-c", "sleep 0.4; exit 5", (char *)NULL);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    printf("%d\n", WEXITSTATUS(status));
    return 0;
}
