/* The semaphore starts at 0 and both processes wait for it first. */
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char name[32];

    snprintf(name, sizeof name, "/turn-%d", (int)getpid());
    sem_t *turn = sem_open(name, O_CREAT | O_EXCL, 0600, 0);
    if (turn == SEM_FAILED) {
        perror("sem_open");
        return 1;
    }
    sem_unlink(name);
    if (fork() == 0) {
        sem_wait(turn);
        puts("child's turn");
        sem_post(turn);
        return 0;
    }
    sem_wait(turn);
    puts("parent's turn");
    sem_post(turn);
    wait(NULL);
    return 0;
}
