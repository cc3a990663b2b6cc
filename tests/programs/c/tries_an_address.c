/* Finds out whether an address can be read, and survives when it cannot. */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>

static sigjmp_buf env;

static void handler(int sig)
{
    siglongjmp(env, sig);
}

static int readable(const volatile char *p)
{
    if (sigsetjmp(env, 1))
        return 0;
    (void)*p;
    return 1;
}

int main(void)
{
    char here = 0;
    void *nothing = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    signal(SIGSEGV, handler);
    signal(SIGBUS, handler);
    printf("%d %d\n", readable(&here), readable(nothing));
    return 0;
}
