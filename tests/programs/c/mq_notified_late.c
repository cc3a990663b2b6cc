/* mq_receive with a message that comes half a second later, and mq_timedreceive without one. */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    char name[40], text[8192] = "";
    struct timespec until;

    snprintf(name, sizeof name, "/late.%d", (int)getpid());
    mqd_t q = mq_open(name, O_CREAT | O_RDWR, 0600, NULL);
    if (q == (mqd_t)-1)
        return 1;
    mq_unlink(name);
    if (fork() == 0) {
        usleep(500000);
        mq_send(q, "news", 5, 0);
        _exit(0);
    }
    mq_receive(q, text, sizeof text, NULL);
    puts(text);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    if (mq_timedreceive(q, text, sizeof text, NULL, &until) == -1 && errno == ETIMEDOUT)
        puts("no more news");
    wait(NULL);
    return 0;
}
