/*
 * A parent and a child share a pipe: the lecture's first example, complete.
 *
 *     gcc -Wall -Wextra -O1 -g pipe_fork.c -o pipe_fork && ./pipe_fork
 *
 * What was mended, and why:
 *   - Each call can fail, so each return value is looked at.
 *   - Each process closes the end that it does not use. Only then does the parent see end of
 *     file, and only then would the child learn that nobody reads.
 *   - The parent reads until end of file. One read may bring less than was written.
 *   - wait() tells how the child ended; <sys/wait.h> declares it.
 *   - Output is sent line by line. Otherwise each process would keep its lines in a buffer of its
 *     own when standard output is no terminal, and the order of the lines would say nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static void child(int write_end)
{
    static const char message[] = "test"; /* 5 bytes: the final zero byte is sent too */

    printf(" CHILD: writing to the pipe\n");
    /* At most PIPE_BUF bytes into an empty pipe: written all at once, or not at all. */
    if (write(write_end, message, sizeof message) != (ssize_t)sizeof message)
        fail("write");
    if (close(write_end) == -1)
        fail("close");
    printf(" CHILD: exiting\n");
}

static void parent(int read_end, pid_t pid)
{
    char buf[30];
    size_t used = 0;
    int status;

    printf("PARENT: reading from the pipe\n");
    for (;;) {
        ssize_t got = read(read_end, buf + used, sizeof buf - 1 - used);
        if (got == -1)
            fail("read");
        if (got == 0) /* end of file, or the buffer is full */
            break;
        used += (size_t)got;
    }
    buf[used] = '\0'; /* whatever was sent, this is a string now */
    printf("PARENT: read %zu bytes, \"%s\"\n", used, buf);
    if (close(read_end) == -1)
        fail("close");
    if (waitpid(pid, &status, 0) == -1)
        fail("waitpid");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "PARENT: the child failed\n");
        exit(EXIT_FAILURE);
    }
}

int main(void)
{
    int pfds[2];
    pid_t pid;

    if (setvbuf(stdout, NULL, _IOLBF, 0) != 0) {
        fprintf(stderr, "setvbuf failed\n");
        return EXIT_FAILURE;
    }
    if (pipe(pfds) == -1)
        fail("pipe");
    pid = fork();
    if (pid == -1)
        fail("fork");
    if (pid == 0) {
        if (close(pfds[0]) == -1)
            fail("close");
        child(pfds[1]);
    } else {
        if (close(pfds[1]) == -1)
            fail("close");
        parent(pfds[0], pid);
    }
    return EXIT_SUCCESS;
}
