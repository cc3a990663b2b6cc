/* The server is told to stop by the removal of its queue: msgrcv fails with EIDRM. */
#include <errno.h>
#include <stdio.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    struct { long type; char text[16]; } m;
    int status, q = msgget(IPC_PRIVATE, 0600);

    if (fork() == 0) {
        while (msgrcv(q, &m, sizeof m.text, 0, 0) != -1)
            continue;
        _exit(errno == EIDRM ? 0 : 1);
    }
    usleep(600000);
    msgctl(q, IPC_RMID, NULL);
    wait(&status);
    printf("server ended with %d\n", WEXITSTATUS(status));
    return 0;
}
