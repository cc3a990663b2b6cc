/* Opens its log, a FIFO, for writing; the program that should read it was never started. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int main(void)
{
    FILE *log;

    if (mkfifo("log.fifo", 0644) != 0) {
        perror("log.fifo");
        return EXIT_FAILURE;
    }
    log = fopen("log.fifo", "w");
    if (log == NULL) {
        perror("log.fifo");
        return EXIT_FAILURE;
    }
    fprintf(log, "started\n");
    fclose(log);
    remove("log.fifo");
    return EXIT_SUCCESS;
}
