/* sem_close is not sem_unlink. */
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    char name[32];
    sem_t *s;

    sprintf(name, "/lock-%d", (int)getpid());
    if ((s = sem_open(name, O_CREAT, 0600, 1)) == SEM_FAILED) {
        perror(name);
        return 1;
    }
    sem_wait(s);
    sem_post(s);
    sem_close(s);
    return 0;
}
