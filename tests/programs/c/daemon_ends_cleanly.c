/* A daemon with a pid file, which the program stops again after a while. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void on_term(int sig)
{
    stop = sig;
}

static void daemon_main(int ready)
{
    FILE *f = fopen("daemon.pid", "w");
    sigset_t all, old;
    struct sigaction sa = {.sa_handler = on_term};

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &old);
    sigaction(SIGTERM, &sa, NULL);
    fprintf(f, "%d\n", (int)getpid());
    fclose(f);
    (void)!write(ready, "r", 1);
    while (!stop)
        sigsuspend(&old);
    unlink("daemon.pid");
    exit(0);
}

int main(void)
{
    int ready[2], pid = 0;
    char c;

    if (pipe(ready))
        return 1;
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            close(ready[0]);
            daemon_main(ready[1]);
        }
        _exit(0);
    }
    close(ready[1]);
    wait(NULL);
    (void)!read(ready[0], &c, 1);
    FILE *f = fopen("daemon.pid", "r");
    if (f == NULL || fscanf(f, "%d", &pid) != 1)
        return 1;
    fclose(f);
    usleep(300000);
    kill(pid, SIGTERM);
    (void)!read(ready[0], &c, 1); /* its end closes the pipe */
    puts("stopped");
    return 0;
}
