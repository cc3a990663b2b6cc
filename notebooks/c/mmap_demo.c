/*
 * Two programs that share a mapped file: the lecture's example of mmap, complete.
 *
 *     gcc -Wall -Wextra -O1 -g mmap_demo.c -o mmap_demo
 *     ./mmap_demo note write         copy lines from standard input into the file, until its end
 *     ./mmap_demo note read          print what is there
 *     ./mmap_demo note read 5        print it, and once more after each of 5 seconds
 *
 * Start the writer in one terminal and a reader in another one.
 *
 * What was mended, and why:
 *   - A new file has no bytes, and touching the mapping of an empty file is SIGBUS. ftruncate gives
 *     it its size first.
 *   - O_CREAT needs a third argument, the permissions. Without it they are what happens to lie on
 *     the stack.
 *   - mmap reports a failure by MAP_FAILED, which is not NULL.
 *   - The reader maps for reading only, so it cannot change the text by mistake. The lecture's
 *     reader writes a zero byte into it once a second.
 *   - fgets straight into the mapping lets a reader see half a line. Here the line is read into a
 *     buffer, and copied when it is complete. (A reader can still look in the middle of the copy:
 *     who must not needs a lock.)
 *   - Both end: the reader after its last second, the writer at the end of its input.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_INPUT_LENGTH = 20 };

static void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* Map the first bytes of a file that is open for `protection`, and close its descriptor. */
static char *map(int fd, int protection)
{
    char *memory = mmap(NULL, MAX_INPUT_LENGTH, protection, MAP_SHARED, fd, 0);

    if (memory == MAP_FAILED)
        fail("mmap");
    if (close(fd) == -1) /* the mapping stays */
        fail("close");
    return memory;
}

static void read_text(const char *path, long seconds)
{
    int fd = open(path, O_RDONLY);
    struct stat about;
    const char *memory;

    if (fd == -1)
        fail(path);
    if (fstat(fd, &about) == -1)
        fail("fstat");
    if (about.st_size < MAX_INPUT_LENGTH) {
        fprintf(stderr, "%s: too short, the writer has not been here\n", path);
        exit(EXIT_FAILURE);
    }
    memory = map(fd, PROT_READ);
    for (;;) {
        printf("%.*s\n", MAX_INPUT_LENGTH, memory);
        fflush(stdout);
        if (seconds-- == 0)
            break;
        sleep(1);
    }
}

static void write_text(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    struct stat about;
    char line[MAX_INPUT_LENGTH], *memory;

    if (fd == -1)
        fail(path);
    if (fstat(fd, &about) == -1)
        fail("fstat");
    if (about.st_size < MAX_INPUT_LENGTH && ftruncate(fd, MAX_INPUT_LENGTH) == -1)
        fail("ftruncate");
    memory = map(fd, PROT_READ | PROT_WRITE);
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        memcpy(memory, line, strlen(line) + 1);
        printf("wrote \"%s\"\n", line);
        fflush(stdout);
    }
}

int main(int argc, char *argv[])
{
    if (argc == 3 && strcmp(argv[2], "write") == 0) {
        write_text(argv[1]);
    } else if ((argc == 3 || argc == 4) && strcmp(argv[2], "read") == 0) {
        read_text(argv[1], argc == 4 ? strtol(argv[3], NULL, 10) : 0);
    } else {
        fprintf(stderr, "usage: mmap_demo FILE write | FILE read [SECONDS]\n");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
