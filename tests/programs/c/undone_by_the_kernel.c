/* SEM_UNDO: the kernel gives back what the dead holder had. */
#include <stdio.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

union semun { int val; };

int main(void)
{
    int id = semget(IPC_PRIVATE, 1, 0600 | IPC_CREAT);
    struct sembuf take = {0, -1, SEM_UNDO};
    union semun one = {1};

    semctl(id, 0, SETVAL, one);
    if (fork() == 0) {
        semop(id, &take, 1);
        usleep(600000);
        _exit(3);
    }
    usleep(100000);
    if (semop(id, &take, 1) == 0)
        puts("mine now");
    wait(NULL);
    semctl(id, 0, IPC_RMID);
    return 0;
}
