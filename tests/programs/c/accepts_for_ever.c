/* A server without a client. */
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_in any = {.sin_family = AF_INET};
    int s = socket(AF_INET, SOCK_STREAM, 0);

    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (struct sockaddr *)&any, sizeof any) || listen(s, 1)) {
        perror("server");
        return 1;
    }
    int client = accept(s, NULL, NULL);
    dprintf(client, "hello\n");
    return 0;
}
