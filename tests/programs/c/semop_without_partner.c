/* P without any V: the set is new, so its value is 0. */
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>

int main(void)
{
    struct sembuf p = {0, -1, 0};
    int id = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);

    if (id < 0) {
        perror("semget");
        return 1;
    }
    if (semop(id, &p, 1) < 0)
        perror("semop");
    return semctl(id, 0, IPC_RMID);
}
