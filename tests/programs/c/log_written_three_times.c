/* A log file is open and not flushed when two workers are made. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    FILE *log = fopen("service.log", "w");

    if (log == NULL) {
        perror("service.log");
        return EXIT_FAILURE;
    }
    fprintf(log, "service started\n");
    for (int i = 0; i < 2; i++)
        if (fork() == 0) {
            usleep(1000);
            return 0;
        }
    while (wait(NULL) > 0)
        ;
    fclose(log);
    return 0;
}
