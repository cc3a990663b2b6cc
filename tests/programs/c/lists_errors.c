/* Lists what the error numbers mean, and ends with the exit code for wrong usage. */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s NUMBER; one of\n", argv[0]);
        for (int number = 1; number <= 40; number++)
            fprintf(stderr, "%3d  %s\n", number, strerror(number));
        return 64;
    }
    return 0;
}
