/* The sender's messages are of type 1, the receiver asks for type 2. */
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
    long type;
    char text[64];
};

int main(void)
{
    int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
    struct message m = {1, "hello"};

    if (queue == -1) {
        perror("msgget");
        return 1;
    }
    if (fork() == 0) {
        if (msgsnd(queue, &m, strlen(m.text) + 1, 0) == -1)
            perror("msgsnd");
        _exit(0);
    }
    wait(NULL);
    if (msgrcv(queue, &m, sizeof m.text, 2, 0) == -1)
        perror("msgrcv");
    else
        puts(m.text);
    msgctl(queue, IPC_RMID, NULL);
    return 0;
}
