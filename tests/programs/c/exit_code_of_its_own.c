/* Fails as it should: wrong input, a message, exit code 3. Its line ends without a newline. */
#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argv;
    printf("checked");
    if (argc < 2) {
        fprintf(stderr, "no input\n");
        return 3;
    }
    return 0;
}
