/* Forty workers at once, within what is allowed; each takes jobs from one shared pipe. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int jobs[2], results[2], job, sum = 0;

    if (pipe(jobs) || pipe(results))
        return 1;
    for (int i = 0; i < 40; i++)
        if (fork() == 0) {
            close(jobs[1]);
            close(results[0]);
            while (read(jobs[0], &job, sizeof job) == sizeof job) {
                job *= job;
                if (write(results[1], &job, sizeof job) != sizeof job)
                    _exit(1);
            }
            _exit(0);
        }
    close(jobs[0]);
    close(results[1]);
    for (int i = 1; i <= 100; i++)
        if (write(jobs[1], &i, sizeof i) != sizeof i)
            return 1;
    close(jobs[1]);
    while (read(results[0], &job, sizeof job) == sizeof job)
        sum += job;
    while (wait(NULL) > 0)
        ;
    printf("%d\n", sum);
    return 0;
}
