/* A TCP server whose client needs half a second. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof at;
    char text[16] = "";
    int s = socket(AF_INET, SOCK_STREAM, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (void *)&at, sizeof at) || listen(s, 1) || getsockname(s, (void *)&at, &size))
        return 1;
    if (fork() == 0) {
        int c = socket(AF_INET, SOCK_STREAM, 0);

        usleep(600000);
        if (connect(c, (void *)&at, sizeof at))
            _exit(1);
        _exit(write(c, "knock", 5) != 5);
    }
    int client = accept(s, NULL, NULL);
    (void)!read(client, text, sizeof text - 1);
    wait(NULL);
    puts(text);
    return 0;
}
