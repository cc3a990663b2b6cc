/* Blocked for good, but for the alarm that ends it: not a deadlock. */
#include <unistd.h>

int main(void)
{
    int ends[2];
    char byte;

    if (pipe(ends) == -1)
        return 1;
    alarm(1);
    return read(ends[0], &byte, 1) < 0;
}
