/*
 * ls | wc -l, as a shell does it: the lecture's "pipe dream", complete.
 *
 *     gcc -Wall -Wextra -O1 -g ls_wc.c -o ls_wc && ./ls_wc
 *
 * The lecture leaves both branches open. The usual answer lets the child become ls and the parent
 * become wc. Then nobody waits for ls, and nobody is left to see how the two programs ended. So
 * here both are children, and the parent waits for both, as a shell does.
 *
 *   - dup2(fd, target) first closes `target`, then makes it a copy of `fd`. The copy stays open
 *     across exec.
 *   - After dup2 the original is one descriptor too many. A forgotten write end in wc would keep
 *     wc waiting for end of file for ever. dup2 onto itself changes nothing, so in that case
 *     there is no original to close.
 *   - When exec fails the child must end at once, with _exit: it must not run the code of the
 *     parent, and must not write the parent's buffered output a second time.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* Start a program with `end` as its descriptor `target`; it holds neither end beyond that. */
static pid_t start(char *const argv[], const int pfds[2], int end, int target)
{
    pid_t pid = fork();

    if (pid == -1)
        fail("fork");
    if (pid > 0)
        return pid;
    if (dup2(end, target) == -1) {
        perror("dup2");
        _exit(126);
    }
    for (int i = 0; i < 2; i++)
        if (pfds[i] != target && close(pfds[i]) == -1) {
            perror("close");
            _exit(126);
        }
    execvp(argv[0], argv);
    int reason = errno; /* exec only returns when it failed */
    perror(argv[0]);
    _exit(reason == ENOENT ? 127 : 126);
}

/* Wait for one child; return its exit status, or 128 + N when signal N ended it. */
static int finish(pid_t pid)
{
    int status;

    if (waitpid(pid, &status, 0) == -1)
        fail("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(void)
{
    char *const ls[] = {"ls", NULL};
    char *const wc[] = {"wc", "-l", NULL};
    int pfds[2];

    if (pipe(pfds) == -1)
        fail("pipe");
    pid_t left = start(ls, pfds, pfds[1], STDOUT_FILENO);
    pid_t right = start(wc, pfds, pfds[0], STDIN_FILENO);
    /* The parent's copies: as long as this write end is open, wc sees no end of file. */
    if (close(pfds[0]) == -1 || close(pfds[1]) == -1)
        fail("close");
    int left_status = finish(left);
    int right_status = finish(right);
    return right_status != 0 ? right_status : left_status;
}
