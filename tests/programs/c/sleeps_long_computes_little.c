/* More wall time than the limit of CPU time, and almost no CPU time. */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    for (int i = 0; i < 14; i++)
        usleep(100000);
    puts("slept well");
    return 0;
}
