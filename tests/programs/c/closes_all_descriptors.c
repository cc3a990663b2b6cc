/* What daemons do: closes whatever may be open, most of which is not. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
    struct rlimit limit;
    int misses = 0;

    getrlimit(RLIMIT_NOFILE, &limit);
    for (rlim_t fd = 3; fd < limit.rlim_cur && fd < 4096; fd++)
        if (close((int)fd) == -1)
            misses++;
    puts(misses > 50 ? "many were closed already" : "few");
    return 0;
}
