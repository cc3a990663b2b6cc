/* A System V queue and a POSIX queue, both left. */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

int main(void)
{
    char name[32];
    struct { long type; char byte; } m = {1, 'x'};
    int id = msgget(IPC_PRIVATE, 0600);

    snprintf(name, sizeof name, "/events-%d", (int)getpid());
    mqd_t q = mq_open(name, O_CREAT | O_WRONLY, 0600, NULL);
    if (id == -1 || q == (mqd_t)-1) {
        perror("queue");
        return 1;
    }
    msgsnd(id, &m, 1, 0);
    mq_close(q);
    return 0;
}
