/* Asks which descriptors are open, then fails because a file is missing: nobody's descriptor. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    for (int fd = 3; fd < 64; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno != EBADF)
            return 2;
    FILE *settings = fopen("settings.ini", "r");
    if (settings == NULL) {
        fprintf(stderr, "settings.ini: %s\n", strerror(errno));
        return 1;
    }
    return 0;
}
