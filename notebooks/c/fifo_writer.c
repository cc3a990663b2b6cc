/* Writes its arguments into a FIFO, one line each: the lecture's named pipe, from the writer's side.
 *
 *     gcc -Wall -Wextra fifo_writer.c -o fifo_writer
 *     mkfifo letters; cat letters &
 *     ./fifo_writer letters "Dear reader," "how are you?"
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* write() may take only a part: go on with the rest. */
static int write_all(int fd, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t taken = write(fd, text, size);
        if (taken < 0 && errno != EINTR)
            return -1;
        if (taken > 0) {
            text += taken;
            size -= (size_t)taken;
        }
    }
    return 0;
}

int main(int argc, char *argv[])
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s FIFO LINE...\n", argv[0]);
        return 2;
    }
    int fd = open(argv[1], O_WRONLY); /* waits until somebody reads */
    if (fd < 0) {
        perror(argv[1]);
        return 1;
    }
    for (int i = 2; i < argc; i++) {
        char line[512];
        int size = snprintf(line, sizeof line, "%s\n", argv[i]);
        if (size < 0 || (size_t)size >= sizeof line) {
            fprintf(stderr, "line %d is too long\n", i - 1);
            return 1;
        }
        if (write_all(fd, line, (size_t)size) < 0) {
            perror("write");
            return 1;
        }
    }
    return close(fd) == 0 ? 0 : 1;
}
