/*
 * Two processes, one address, two values: each process has an address space of its own.
 *
 *     gcc -Wall -Wextra -O1 -g same_address.c -o same_address && ./same_address
 *
 * The child changes a variable and tells its address. The parent waits, and looks at the variable
 * at the same address.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static int number = 1;

static void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

int main(void)
{
    pid_t pid;
    int status;

    /* Line by line: else what is in the buffer at the fork would be printed by both. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    if ((pid = fork()) == -1)
        fail("fork");
    if (pid == 0) {
        number = 2;
        printf(" CHILD: number is %d at address %p\n", number, (void *)&number);
        exit(7);
    }
    if (waitpid(pid, &status, 0) == -1)
        fail("waitpid");
    printf("PARENT: number is %d at address %p\n", number, (void *)&number);
    if (!WIFEXITED(status)) {
        fprintf(stderr, "the child did not end by itself\n");
        return EXIT_FAILURE;
    }
    printf("PARENT: the child's exit code is %d\n", WEXITSTATUS(status));
    return EXIT_SUCCESS;
}
