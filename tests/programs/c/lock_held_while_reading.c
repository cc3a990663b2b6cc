/* The child holds the lock and waits for data; the parent wants the lock before it writes. */
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int p[2], ready[2], lock;
    char c;

    if (pipe(p) || pipe(ready))
        return 1;
    if (fork() == 0) {
        close(p[1]);
        close(ready[0]);
        lock = open("lock", O_CREAT | O_RDWR, 0600);
        flock(lock, LOCK_EX);
        (void)!write(ready[1], "r", 1);
        _exit(read(p[0], &c, 1) != 1);
    }
    close(p[0]);
    close(ready[1]);
    (void)!read(ready[0], &c, 1);
    lock = open("lock", O_RDWR);
    flock(lock, LOCK_EX);
    (void)!write(p[1], "x", 1);
    flock(lock, LOCK_UN);
    wait(NULL);
    return 0;
}
