/* daemon(3) and a life of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    if (daemon(1, 0) == -1) {
        perror("daemon");
        exit(1);
    }
    for (int i = 0; i < 30; i++)
        sleep(1);
    return 0;
}
