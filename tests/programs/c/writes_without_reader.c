/* Nobody has the read end any more when the data is ready. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int p[2];

    if (pipe(p) == -1)
        return 1;
    if (fork() == 0) {
        close(p[1]);
        _exit(0); /* has read nothing */
    }
    close(p[0]);
    wait(NULL);
    if (write(p[1], "data", 4) == -1)
        perror("write");
    puts("sent");
    return 0;
}
