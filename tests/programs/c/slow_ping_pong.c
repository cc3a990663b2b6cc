/* Both block in read most of the time, but never both for good. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void play(int in, int out, int rounds)
{
    char ball;

    while (rounds-- && read(in, &ball, 1) == 1) {
        usleep(150000);
        if (write(out, &ball, 1) != 1)
            return;
    }
}

int main(void)
{
    int ping[2], pong[2];

    if (pipe(ping) || pipe(pong))
        return 1;
    if (fork() == 0) {
        play(ping[0], pong[1], 3);
        _exit(0);
    }
    (void)!write(ping[1], "o", 1);
    play(pong[0], ping[1], 3);
    wait(NULL);
    puts("game over");
    return 0;
}
