/* A ring in shared memory with two semaphores; the consumer is slower. */
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct ring {
    sem_t used, unused;
    int slots[8];
};

int main(void)
{
    struct ring *r = mmap(NULL, sizeof *r, PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    long sum = 0;

    sem_init(&r->used, 1, 0);
    sem_init(&r->unused, 1, 8);
    if (fork() == 0) {
        for (int i = 0; i < 50; i++) {
            sem_wait(&r->unused);
            r->slots[i % 8] = i;
            sem_post(&r->used);
        }
        _exit(0);
    }
    for (int i = 0; i < 50; i++) {
        sem_wait(&r->used);
        sum += r->slots[i % 8];
        sem_post(&r->unused);
        usleep(10000);
    }
    wait(NULL);
    printf("%ld\n", sum);
    return 0;
}
