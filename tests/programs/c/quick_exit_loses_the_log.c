/* quick_exit does not flush what stdio still has. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    FILE *log = fopen("run.log", "w");

    if (log == NULL)
        return 1;
    fprintf(log, "started\n");
    fprintf(log, "stopped\n");
    quick_exit(0);
}
