/* The reader waits in open(2) until the writer is ready. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char text[32] = "";
    int fd;

    if (mkfifo("mail", 0600) < 0)
        return 1;
    if (fork() == 0) {
        usleep(600000);
        fd = open("mail", O_WRONLY);
        (void)!write(fd, "letter", 6);
        _exit(0);
    }
    fd = open("mail", O_RDONLY);
    (void)!read(fd, text, sizeof text - 1);
    wait(NULL);
    unlink("mail");
    printf("%s\n", text);
    return 0;
}
