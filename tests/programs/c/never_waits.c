/* The child has ended long before the parent, which never asks. */
#include <time.h>
#include <unistd.h>

int main(void)
{
    struct timespec pause = {0, 200000000};

    if (fork() == 0)
        _exit(0);
    nanosleep(&pause, NULL);
    return 0;
}
