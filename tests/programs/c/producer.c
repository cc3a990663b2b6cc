/* Prints numbers for ever, as the first stage of a pipeline; stdio never looks at the result. */
#include <stdio.h>

int main(void)
{
    for (unsigned long i = 0;; i++)
        printf("%lu\n", i);
}
