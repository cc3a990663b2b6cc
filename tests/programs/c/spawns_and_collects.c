/* posix_spawn with file actions; three programs, one after the other finished. */
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int main(void)
{
    int p[2], lines = 0, c, status;
    posix_spawn_file_actions_t actions;
    char *argv[] = {"seq", "4", NULL};
    pid_t pids[3];

    if (pipe(p))
        return 1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, p[1], 1);
    posix_spawn_file_actions_addclose(&actions, p[0]);
    posix_spawn_file_actions_addclose(&actions, p[1]);
    for (int i = 0; i < 3; i++)
        if (posix_spawnp(&pids[i], "seq", &actions, NULL, argv, environ))
            return 1;
    posix_spawn_file_actions_destroy(&actions);
    close(p[1]);
    FILE *in = fdopen(p[0], "r");
    while ((c = getc(in)) != EOF)
        lines += c == '\n';
    fclose(in);
    for (int i = 0; i < 3; i++)
        waitpid(pids[i], &status, 0);
    printf("%d lines, last status %d\n", lines, status);
    return 0;
}
