/* Nobody ever posts, but the wait has a time limit. */
#include <errno.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

int main(void)
{
    sem_t sem;
    struct timespec until;

    sem_init(&sem, 1, 0);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 700000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    if (sem_timedwait(&sem, &until) == -1 && errno == ETIMEDOUT)
        puts("gave up");
    return 0;
}
