/* Counts down with an unsigned counter, which is always >= 0. */
#include <stddef.h>

static long total(const int *values, size_t n)
{
    long sum = 0;

#pragma GCC diagnostic ignored "-Wtype-limits"
    for (size_t i = n - 1; i >= 0; i--)
        sum += values[i % n];
    return sum;
}

int main(void)
{
    int values[] = {3, 1, 4, 1, 5};

    return (int)total(values, 5);
}
