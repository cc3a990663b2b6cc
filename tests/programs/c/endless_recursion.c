/* The stack is not endless. */
#include <stdio.h>

#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Winfinite-recursion"

static int depth(int n)
{
    int here[256];

    here[n % 256] = n;
    return depth(n + 1) + here[n % 256];
}

int main(void)
{
    printf("%d\n", depth(0));
    return 0;
}
