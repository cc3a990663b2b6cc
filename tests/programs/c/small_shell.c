/* A shell of forty lines: commands from standard input, with pipes between them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void run(char *stage, int in, int out)
{
    char *argv[16];
    int argc = 0;

    for (char *word = strtok(stage, " \n"); word && argc < 15; word = strtok(NULL, " \n"))
        argv[argc++] = word;
    argv[argc] = NULL;
    if (in != 0) {
        dup2(in, 0);
        close(in);
    }
    if (out != 1) {
        dup2(out, 1);
        close(out);
    }
    execvp(argv[0], argv);
    fprintf(stderr, "%s: not found\n", argv[0]);
    _exit(127);
}

static int pipeline(char *line)
{
    char *save, *stage = strtok_r(line, "|", &save);
    int in = 0, status = 0, stages = 0;

    while (stage) {
        char *next = strtok_r(NULL, "|", &save);
        int p[2] = {-1, 1};

        if (next && pipe(p) == -1)
            exit(1);
        stages++;
        if (fork() == 0) {
            if (next)
                close(p[0]);
            run(stage, in, p[1]);
        }
        if (in != 0)
            close(in);
        if (next)
            close(p[1]);
        in = p[0];
        stage = next;
    }
    while (stages--)
        wait(&status);
    return WEXITSTATUS(status);
}

int main(void)
{
    char line[256];

    /* Unbuffered: the children must not inherit what was read ahead. */
    setvbuf(stdin, NULL, _IONBF, 0);
    while (fgets(line, sizeof line, stdin))
        pipeline(line);
    return 0;
}
