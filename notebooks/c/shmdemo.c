/*
 * Write a text into a shared memory segment, or print the one that is there: the lecture's first
 * program, complete.
 *
 *     gcc -Wall -Wextra -O1 -g shmdemo.c -o shmdemo
 *     ./shmdemo hello        put "hello" into the segment
 *     ./shmdemo              print what is in it
 *     ./shmdemo -r           remove the segment
 *
 * Run it in the folder of this file: the key is made from it.
 *
 * What was mended, and why:
 *   - Somebody may have made the segment with another size. Its real size comes from shmctl.
 *   - strncpy writes no zero byte behind a text that is as long as the segment, and fills the rest
 *     with zeros. Here the text is cut, and one zero byte always ends it.
 *   - printf is told how far it may read, in case that there is no zero byte in the segment.
 *   - The segment outlives every process. So there has to be a way to remove it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/types.h>

enum { SHM_SIZE = 1024 };

static void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* Connect to the segment with this key, of whatever size; make it if there is none. */
static int connect_to(key_t key)
{
    int shmid = shmget(key, 0, 0);

    if (shmid == -1)
        shmid = shmget(key, SHM_SIZE, 0644 | IPC_CREAT);
    if (shmid == -1)
        fail("shmget");
    return shmid;
}

static void write_text(char *data, size_t size, const char *text)
{
    size_t length = strlen(text);

    if (length > size - 1)
        length = size - 1;
    memcpy(data, text, length);
    data[length] = '\0';
}

int main(int argc, char *argv[])
{
    struct shmid_ds about;
    key_t key;
    char *data;
    int shmid;

    if (argc > 2) {
        fprintf(stderr, "usage: shmdemo [text | -r]\n");
        return EXIT_FAILURE;
    }
    if ((key = ftok("shmdemo.c", 'R')) == -1)
        fail("ftok");
    shmid = connect_to(key);
    if (argc == 2 && strcmp(argv[1], "-r") == 0) {
        if (shmctl(shmid, IPC_RMID, NULL) == -1)
            fail("shmctl");
        return EXIT_SUCCESS;
    }
    if (shmctl(shmid, IPC_STAT, &about) == -1)
        fail("shmctl");
    data = shmat(shmid, NULL, 0);
    if (data == (char *)-1)
        fail("shmat");
    if (argc == 2) {
        printf("writing to segment: \"%s\"\n", argv[1]);
        write_text(data, about.shm_segsz, argv[1]);
    } else {
        printf("segment contains: \"%.*s\"\n", (int)about.shm_segsz, data);
    }
    if (shmdt(data) == -1)
        fail("shmdt");
    return EXIT_SUCCESS;
}
