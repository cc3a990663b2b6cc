/* Opposite orders, but the second lock is only tried, and the first is given back if it fails. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static int both(const char *one, const char *two, useconds_t pause)
{
    int a = open(one, O_RDWR | O_CREAT, 0600), b = open(two, O_RDWR | O_CREAT, 0600);

    for (int attempt = 0; attempt < 40; attempt++) {
        flock(a, LOCK_EX);
        usleep(50000);
        if (flock(b, LOCK_EX | LOCK_NB) == 0)
            return 0;
        if (errno != EWOULDBLOCK)
            return 1;
        flock(a, LOCK_UN);
        usleep(pause);
    }
    return 2;
}

int main(void)
{
    int status, failures = 0;

    if (fork() == 0)
        _exit(both("left", "right", 20000));
    if (fork() == 0)
        _exit(both("right", "left", 130000));
    while (wait(&status) > 0)
        failures += status != 0;
    printf("%d failures\n", failures);
    return 0;
}
