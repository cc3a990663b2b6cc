/* The newline is never printed and the loop never ends. */
#include <stdio.h>

int main(void)
{
    int i = 0;

    while (i < 10)
        printf("%d ", i);
    printf("\n");
    return 0;
}
