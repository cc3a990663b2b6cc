/* Write-protects its pages and lets SIGSEGV tell which one is written first: a known technique. */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char *pages;
static long page;
static volatile int dirty;

static void on_fault(int sig, siginfo_t *info, void *context)
{
    uintptr_t at = (uintptr_t)info->si_addr & ~(uintptr_t)(page - 1);

    (void)sig;
    (void)context;
    dirty++;
    mprotect((void *)at, page, PROT_READ | PROT_WRITE);
}

int main(void)
{
    struct sigaction sa;

    page = sysconf(_SC_PAGESIZE);
    memset(&sa, 0, sizeof sa);
    sa.sa_sigaction = on_fault;
    sa.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &sa, NULL);
    pages = mmap(NULL, 8 * page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pages[0] = 1;
    pages[3 * page] = 1;
    pages[3 * page + 1] = 1;
    printf("%d dirty pages\n", dirty);
    return 0;
}
