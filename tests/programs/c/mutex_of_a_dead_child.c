/* A mutex in shared memory; the child ends while it has it. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
    pthread_mutex_t mutex;
    int counter;
};

int main(void)
{
    pthread_mutexattr_t attr;
    struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (s == MAP_FAILED)
        return EXIT_FAILURE;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&s->mutex, &attr);
    pid_t pid = fork();
    if (pid == 0) {
        pthread_mutex_lock(&s->mutex);
        s->counter++;
        if (s->counter == 1)
            _exit(1); /* an early way out, without unlocking */
        pthread_mutex_unlock(&s->mutex);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    pthread_mutex_lock(&s->mutex);
    printf("%d\n", s->counter);
    pthread_mutex_unlock(&s->mutex);
    return EXIT_SUCCESS;
}
