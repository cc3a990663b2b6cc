/* The holder dies, but the mutex is robust: the next one is told and goes on. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t *m = mmap(NULL, sizeof *m, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(m, &attr);
    if (fork() == 0) {
        pthread_mutex_lock(m);
        usleep(500000);
        _exit(0);
    }
    usleep(100000);
    if (pthread_mutex_lock(m) == EOWNERDEAD) {
        puts("owner died");
        pthread_mutex_consistent(m);
    }
    pthread_mutex_unlock(m);
    wait(NULL);
    return 0;
}
