/* Wants a table of two gigabytes at once, and does not look at the answer. */
#include <stdlib.h>
#include <sys/mman.h>

int main(void)
{
    long *table = mmap(NULL, 2UL << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (table == MAP_FAILED)
        abort();
    table[0] = 1;
    return 0;
}
