/* A FIFO between parent and child, used and left. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char buf[16] = "";

    if (mkfifo("talk", S_IRUSR | S_IWUSR) == -1) {
        perror("mkfifo");
        exit(1);
    }
    if (fork() == 0) {
        int out = open("talk", O_WRONLY);
        _exit(write(out, "hi\n", 3) != 3);
    }
    int in = open("talk", O_RDONLY);
    (void)!read(in, buf, sizeof buf - 1);
    wait(NULL);
    printf("%s", buf);
    return 0;
}
