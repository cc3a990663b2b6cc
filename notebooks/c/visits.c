/*
 * Count how often this program was run, in a mapped file: munmap and msync of the lecture.
 *
 *     gcc -Wall -Wextra -O1 -g visits.c -o visits
 *     ./visits counter         add one, make it durable, and print the number
 *     ./visits counter kill    add one, and die by SIGKILL before msync and munmap
 *
 * The file holds one unsigned number of 8 bytes, in the machine's own order.
 *
 *   - The number is visible to every other process as soon as it is stored: msync is not needed
 *     for that, and neither is munmap.
 *   - msync with MS_SYNC returns when the disk has it. MS_ASYNC would ask for nothing at all: Linux
 *     writes changed pages back by itself, some time later.
 *   - munmap takes the mapping away. It does not write anything back, and the end of the process
 *     would have done the same.
 *   - A new file has a new name, and names belong to the folder: fsync of the folder makes it
 *     durable.
 */
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static void make_name_durable(const char *path)
{
    char *copy = strdup(path); /* dirname may change its argument */
    int folder;

    if (copy == NULL)
        fail("strdup");
    folder = open(dirname(copy), O_RDONLY | O_DIRECTORY);
    if (folder == -1 || fsync(folder) == -1 || close(folder) == -1)
        fail("fsync of the folder");
    free(copy);
}

int main(int argc, char *argv[])
{
    struct stat about;
    uint64_t *visits;
    int fd;

    if (argc != 2 && !(argc == 3 && strcmp(argv[2], "kill") == 0)) {
        fprintf(stderr, "usage: visits FILE [kill]\n");
        return EXIT_FAILURE;
    }
    fd = open(argv[1], O_RDWR | O_CREAT, 0600);
    if (fd == -1)
        fail(argv[1]);
    if (fstat(fd, &about) == -1)
        fail("fstat");
    if (about.st_size < (off_t)sizeof *visits) {
        if (ftruncate(fd, sizeof *visits) == -1)
            fail("ftruncate");
        make_name_durable(argv[1]);
    }
    visits = mmap(NULL, sizeof *visits, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (visits == MAP_FAILED)
        fail("mmap");
    if (close(fd) == -1)
        fail("close");

    ++*visits;
    if (argc == 3)
        raise(SIGKILL);
    if (msync(visits, sizeof *visits, MS_SYNC) == -1)
        fail("msync");
    printf("visit number %llu\n", (unsigned long long)*visits);
    if (munmap(visits, sizeof *visits) == -1)
        fail("munmap");
    return EXIT_SUCCESS;
}
