/* Forks as long as it can. */
#include <unistd.h>

int main(void)
{
    for (;;)
        if (fork() == -1)
            usleep(10000);
}
