/* A pipe to each worker; the second worker inherits the write end of the first one's pipe. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 2

static void work(int fd)
{
    char job;
    int done = 0;

    while (read(fd, &job, 1) == 1)
        done++;
    _exit(done);
}

int main(void)
{
    int jobs[WORKERS], i;
    pid_t pids[WORKERS];

    for (i = 0; i < WORKERS; i++) {
        int p[2];

        if (pipe(p) < 0)
            return 1;
        pids[i] = fork();
        if (pids[i] == 0) {
            close(p[1]);
            work(p[0]);
        }
        close(p[0]);
        jobs[i] = p[1];
    }
    for (i = 0; i < WORKERS; i++) {
        int status;

        (void)!write(jobs[i], "abc", 3);
        close(jobs[i]);
        waitpid(pids[i], &status, 0);
        printf("worker %d did %d jobs\n", i, WEXITSTATUS(status));
    }
    return 0;
}
