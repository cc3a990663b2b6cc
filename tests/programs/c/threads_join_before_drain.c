/* A thread of the child writes a lot; the parent waits in waitid and reads later. */
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void *produce(void *arg)
{
    FILE *out = fdopen(*(int *)arg, "w");

    for (int i = 0; i < 30000; i++)
        fprintf(out, "line %d\n", i);
    fclose(out);
    return NULL;
}

int main(void)
{
    int fd[2];
    siginfo_t info;
    long total = 0;
    ssize_t n;
    char buffer[4096];

    if (pipe(fd) < 0)
        return 1;
    pid_t pid = fork();
    if (pid == 0) {
        pthread_t thread;

        close(fd[0]);
        pthread_create(&thread, NULL, produce, &fd[1]);
        pthread_join(thread, NULL);
        return 0;
    }
    close(fd[1]);
    waitid(P_PID, pid, &info, WEXITED);
    while ((n = read(fd[0], buffer, sizeof buffer)) > 0)
        total += n;
    printf("%ld\n", total);
    return 0;
}
