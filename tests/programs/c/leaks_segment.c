/* Makes a segment and forgets to remove it. */
#include <sys/ipc.h>
#include <sys/shm.h>

int main(void)
{
    int id = shmget(IPC_PRIVATE, 4096, 0600 | IPC_CREAT);

    return id == -1;
}
