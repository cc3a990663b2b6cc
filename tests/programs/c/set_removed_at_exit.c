/* atexit removes the set, also on an early exit. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/sem.h>

static int set = -1;

static void clean_up(void)
{
    if (set != -1)
        semctl(set, 0, IPC_RMID);
}

int main(int argc, char **argv)
{
    atexit(clean_up);
    set = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
    if (set == -1)
        return 1;
    printf("%s\n", argc > 1 ? argv[1] : "no argument");
    exit(0);
}
