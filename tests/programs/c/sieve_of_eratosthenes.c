/* A second or so of nothing but computing. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(void)
{
    enum { N = 2000000 };
    char *composite = calloc(N, 1);
    long primes = 0;
    clock_t until = clock() + CLOCKS_PER_SEC;

    do {
        primes = 0;
        for (long i = 0; i < N; i++)
            composite[i] = 0;
        for (long i = 2; i < N; i++) {
            if (composite[i])
                continue;
            primes++;
            for (long j = i * i; j < N; j += i)
                composite[j] = 1;
        }
    } while (clock() < until);
    printf("%ld primes\n", primes);
    return 0;
}
