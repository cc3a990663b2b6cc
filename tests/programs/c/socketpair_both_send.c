/* Two peers that each send a megabyte before they receive one. */
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE (1024 * 1024)

static void exchange(int s)
{
    char *mine = calloc(1, SIZE), *yours = malloc(SIZE);

    if (send(s, mine, SIZE, 0) != SIZE)
        exit(1);
    if (recv(s, yours, SIZE, MSG_WAITALL) != SIZE)
        exit(2);
    exit(0);
}

int main(void)
{
    int sv[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, sv) < 0)
        return 1;
    if (fork() == 0)
        exchange(sv[0]);
    if (fork() == 0)
        exchange(sv[1]);
    while (wait(NULL) > 0)
        ;
    return 0;
}
