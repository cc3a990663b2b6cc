/* Marked for removal at once: the segment lives until the last detach, and no longer. */
#include <stdio.h>
#include <string.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int id = shmget(IPC_PRIVATE, 4096, 0600);
    char *text = shmat(id, NULL, 0);

    if (text == (char *)-1)
        return 1;
    shmctl(id, IPC_RMID, NULL);
    if (fork() == 0) {
        strcpy(text, "from the child");
        _exit(0);
    }
    wait(NULL);
    puts(text);
    return 0;
}
