/* One thread waits for a variable that the other one forgets to set. */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int ready;

static void *consumer(void *unused)
{
    while (!atomic_load(&ready))
        ;
    return unused;
}

int main(void)
{
    pthread_t t;

    pthread_create(&t, NULL, consumer, NULL);
    pthread_join(t, NULL);
    return 0;
}
