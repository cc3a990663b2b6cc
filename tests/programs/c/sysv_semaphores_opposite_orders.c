/* Printer and scanner, a semaphore each; one process takes them the other way round. */
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

static int set;

static void change(int which, int by)
{
    struct sembuf op = {.sem_num = which, .sem_op = by, .sem_flg = SEM_UNDO};

    if (semop(set, &op, 1) == -1)
        perror("semop");
}

static void use(int first, int second)
{
    change(first, -1);
    usleep(200000);
    change(second, -1);
    change(second, 1);
    change(first, 1);
    _exit(0);
}

int main(void)
{
    set = semget(IPC_PRIVATE, 2, 0600);
    if (set == -1) {
        perror("semget");
        return 1;
    }
    change(0, 1);
    change(1, 1);
    if (fork() == 0)
        use(0, 1);
    if (fork() == 0)
        use(1, 0);
    while (wait(NULL) > 0)
        continue;
    semctl(set, 0, IPC_RMID);
    return 0;
}
