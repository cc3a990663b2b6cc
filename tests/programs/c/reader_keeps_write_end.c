/* One process reads to the end of a pipe whose write end it holds itself. */
#include <unistd.h>

int main(void)
{
    int ends[2];
    char byte;

    if (pipe(ends) == -1 || write(ends[1], "x", 1) != 1)
        return 1;
    while (read(ends[0], &byte, 1) > 0)
        ;
    return 0;
}
