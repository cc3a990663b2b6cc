/* Reads the segment after it was detached. */
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

int main(void)
{
    int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    char *text = shmat(id, NULL, 0);

    strcpy(text, "hello");
    shmctl(id, IPC_RMID, NULL);
    shmdt(text);
    printf("%s\n", text);
    return 0;
}
