/* Both take the semaphores in the same order; one waits half a second for the other. */
#include <stdio.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int set = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
    struct sembuf up[2] = {{0, 1, 0}, {1, 1, 0}};
    struct sembuf down0 = {0, -1, 0}, down1 = {1, -1, 0};

    semop(set, up, 2);
    for (int i = 0; i < 2; i++)
        if (fork() == 0) {
            semop(set, &down0, 1);
            usleep(100000);
            semop(set, &down1, 1);
            usleep(300000);
            semop(set, up, 2);
            _exit(0);
        }
    wait(NULL);
    wait(NULL);
    semctl(set, 0, IPC_RMID);
    puts("both done");
    return 0;
}
