/* Two transfers between accounts, each account a locked file, in opposite directions. */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static void transfer(const char *from, const char *to)
{
    int a = open(from, O_RDWR | O_CREAT, 0644);
    int b = open(to, O_RDWR | O_CREAT, 0644);

    if (a < 0 || b < 0)
        err(1, "open");
    flock(a, LOCK_EX);
    usleep(150000);
    flock(b, LOCK_EX);
    /* move the money */
    flock(b, LOCK_UN);
    flock(a, LOCK_UN);
    exit(0);
}

int main(void)
{
    if (fork() == 0)
        transfer("savings", "cheque");
    if (fork() == 0)
        transfer("cheque", "savings");
    wait(NULL);
    wait(NULL);
    return 0;
}
