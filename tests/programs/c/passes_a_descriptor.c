/* An open file travels through a socket (SCM_RIGHTS). */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int s[2], fd;
    char space[CMSG_SPACE(sizeof fd)] = {0}, dot = '.', text[16] = "";
    struct iovec io = {&dot, 1};
    struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = space,
                       .msg_controllen = sizeof space};
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, s))
        return 1;
    if (fork() == 0) {
        fd = open("greeting", O_RDWR | O_CREAT, 0600);
        (void)!write(fd, "good morning", 12);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(c), &fd, sizeof fd);
        usleep(400000);
        _exit(sendmsg(s[1], &m, 0) != 1);
    }
    if (recvmsg(s[0], &m, 0) != 1)
        return 1;
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
    (void)!pread(fd, text, 12, 0);
    wait(NULL);
    puts(text);
    return 0;
}
