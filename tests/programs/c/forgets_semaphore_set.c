/* semctl(IPC_RMID) stands behind a return. */
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>

int main(void)
{
    int id = semget(IPC_PRIVATE, 2, IPC_CREAT | 0666);

    if (id < 0)
        return 1;
    if (semctl(id, 0, GETVAL) == 0) {
        puts("nothing to do");
        return 0;
    }
    semctl(id, 0, IPC_RMID);
    return 0;
}
