/* The child is blocked on a full pipe for a while; the parent has other things to do first. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    FILE *in = popen("seq 1 40000", "r");
    char line[64];
    int lines = 0;

    if (in == NULL)
        return EXIT_FAILURE;
    sleep(1);
    while (fgets(line, sizeof line, in))
        lines++;
    if (pclose(in) != 0)
        return EXIT_FAILURE;
    printf("%d lines\n", lines);
    return EXIT_SUCCESS;
}
