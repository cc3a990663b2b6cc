/* Asks ten times a second whether the child has ended and whether there is data. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    int p[2], asked = 0, got = 0;
    char c;
    struct timespec tenth = {0, 100000000};

    if (pipe(p) || fcntl(p[0], F_SETFL, O_NONBLOCK))
        return 1;
    pid_t pid = fork();
    if (pid == 0) {
        usleep(600000);
        (void)!write(p[1], "!", 1);
        _exit(0);
    }
    while (waitpid(pid, NULL, WNOHANG) == 0) {
        got += read(p[0], &c, 1) == 1;
        nanosleep(&tenth, NULL);
        asked++;
    }
    got += read(p[0], &c, 1) == 1;
    printf("%s, %d byte\n", asked > 2 ? "asked several times" : "asked?", got);
    return 0;
}
