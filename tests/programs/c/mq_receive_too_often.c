/* Three messages are sent, four are asked for. */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char name[40], text[128];
    struct mq_attr attr = {.mq_maxmsg = 4, .mq_msgsize = sizeof text};

    snprintf(name, sizeof name, "/numbers.%d", (int)getpid());
    mqd_t q = mq_open(name, O_CREAT | O_RDWR, 0600, &attr);
    if (q == (mqd_t)-1) {
        perror("mq_open");
        return 1;
    }
    mq_unlink(name);
    if (fork() == 0) {
        for (int i = 0; i < 3; i++)
            mq_send(q, "n", 1, 0);
        _exit(0);
    }
    for (int i = 0; i <= 3; i++)
        if (mq_receive(q, text, sizeof text, NULL) < 0)
            perror("mq_receive");
    wait(NULL);
    return 0;
}
