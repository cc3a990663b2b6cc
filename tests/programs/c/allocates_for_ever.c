/* A list that grows until there is no memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct block {
    struct block *next;
    char data[1 << 20];
};

int main(void)
{
    struct block *first = NULL;

    for (;;) {
        struct block *b = malloc(sizeof *b);

        if (b == NULL) {
            fprintf(stderr, "out of memory\n");
            return 1;
        }
        memset(b->data, 1, sizeof b->data);
        b->next = first;
        first = b;
    }
}
