/* Job control: the child stops itself, the parent notices and lets it go on. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        raise(SIGSTOP);
        _exit(8);
    }
    waitpid(pid, &status, WUNTRACED);
    if (WIFSTOPPED(status)) {
        usleep(500000);
        kill(pid, SIGCONT);
        waitpid(pid, &status, 0);
    }
    printf("%d\n", WEXITSTATUS(status));
    return 0;
}
