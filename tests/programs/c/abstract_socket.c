/* A socket with an abstract name, and one whose file is removed. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX}, b = {.sun_family = AF_UNIX};
    int one = socket(AF_UNIX, SOCK_DGRAM, 0), two = socket(AF_UNIX, SOCK_DGRAM, 0);
    char text[8] = "";

    snprintf(a.sun_path + 1, sizeof a.sun_path - 1, "test-%d", (int)getpid());
    strcpy(b.sun_path, "box");
    if (bind(one, (struct sockaddr *)&a, sizeof a) || bind(two, (struct sockaddr *)&b, sizeof b))
        return 1;
    sendto(one, "ahoy", 4, 0, (struct sockaddr *)&b, sizeof b);
    (void)!read(two, text, sizeof text - 1);
    unlink("box");
    puts(text);
    return 0;
}
