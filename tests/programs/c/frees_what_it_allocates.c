/* Gigabytes in all, at most 30 MB at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    unsigned long sum = 0;

    for (int i = 0; i < 100; i++) {
        char *block = malloc(30 << 20);

        if (block == NULL)
            return 1;
        memset(block, 1, 1 << 20);
        sum += 30;
        free(block);
    }
    printf("%lu MB\n", sum);
    return 0;
}
