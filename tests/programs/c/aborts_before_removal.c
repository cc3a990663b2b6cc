/* The program fails between shmat and the removal at its end. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

int main(void)
{
    int id = shmget(IPC_PRIVATE, 100, IPC_CREAT | 0600);
    char *text;

    if (id == -1 || (text = shmat(id, NULL, 0)) == (void *)-1) {
        perror("shm");
        exit(1);
    }
    strcpy(text, "17");
    assert(atoi(text) == 18);
    shmdt(text);
    shmctl(id, IPC_RMID, NULL);
    return 0;
}
