/*
 * Send each argument as one frame to standard output: 4 bytes of length, most significant byte
 * first, then the bytes. A Python program reads the frames at the other end of a pipe.
 *
 *     gcc -Wall -Wextra -O1 -g frame_writer.c -o frame_writer
 *     ./frame_writer one two | od -c
 *
 * A pipe has no notion of a message, a C struct has padding, and two machines may order their
 * bytes differently. So the border between two messages, and the order of the bytes of a number,
 * are part of what both sides agree on.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* Write all of it: write() may take less than it is given, and a signal may interrupt it. */
static int write_all(int fd, const void *data, size_t size)
{
    const unsigned char *next = data;

    while (size > 0) {
        ssize_t written = write(fd, next, size);
        if (written == -1) {
            if (errno == EINTR)
                continue;
            return -1;
        }
        next += written;
        size -= (size_t)written;
    }
    return 0;
}

static int send_frame(int fd, const char *message)
{
    size_t length = strlen(message);
    unsigned char header[4];

    if (length > UINT32_MAX) {
        errno = EMSGSIZE;
        return -1;
    }
    for (int i = 0; i < 4; i++)
        header[i] = (unsigned char)(length >> (24 - 8 * i));
    if (write_all(fd, header, sizeof header) == -1)
        return -1;
    return write_all(fd, message, length);
}

int main(int argc, char *argv[])
{
    for (int i = 1; i < argc; i++)
        if (send_frame(STDOUT_FILENO, argv[i]) == -1) {
            perror("frame_writer");
            return EXIT_FAILURE;
        }
    return EXIT_SUCCESS;
}
