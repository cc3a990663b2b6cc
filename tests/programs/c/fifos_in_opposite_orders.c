/* Client and server open the request and the answer FIFO in different orders. */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    if (mkfifo("request", 0600) < 0 || mkfifo("answer", 0600) < 0)
        err(1, "mkfifo");
    pid_t client = fork();
    if (client == 0) {
        int in = open("answer", O_RDONLY);
        int out = open("request", O_WRONLY);

        (void)!write(out, "hi", 2);
        close(in);
        _exit(0);
    }
    int in = open("request", O_RDONLY);
    int out = open("answer", O_WRONLY);
    char text[16];
    ssize_t n = read(in, text, sizeof text);
    (void)!write(out, text, n);
    waitpid(client, NULL, 0);
    unlink("request");
    unlink("answer");
    return 0;
}
