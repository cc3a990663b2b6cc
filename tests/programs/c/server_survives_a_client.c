/* One of three clients hangs up without reading; the server notes EPIPE and serves the others. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int served = 0, lost = 0;

    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < 3; i++) {
        int s[2];
        char text[16];

        if (socketpair(AF_UNIX, SOCK_STREAM, 0, s))
            return 1;
        pid_t client = fork();
        if (client == 0) {
            close(s[0]);
            if (i != 1)
                (void)!read(s[1], text, sizeof text);
            _exit(0);
        }
        close(s[1]);
        if (i == 1)
            waitpid(client, NULL, 0);
        if (write(s[0], "welcome", 7) == 7)
            served++;
        else if (errno == EPIPE)
            lost++;
        close(s[0]);
    }
    while (wait(NULL) > 0)
        ;
    printf("served %d, lost %d\n", served, lost);
    return 0;
}
