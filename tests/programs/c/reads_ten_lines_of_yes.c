/* popen("yes"), ten lines, pclose: yes ends by SIGPIPE, as it should. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

int main(void)
{
    FILE *yes = popen("exec yes", "r");
    char line[16];
    int status, lines = 0;

    if (yes == NULL)
        return 1;
    while (lines < 10 && fgets(line, sizeof line, yes))
        lines++;
    status = pclose(yes);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE)
        printf("%d lines\n", lines);
    return 0;
}
