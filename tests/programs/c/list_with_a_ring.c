/* The list was linked to itself; the child walks to its end, the parent waits. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct node {
    int value;
    struct node *next;
};

int main(void)
{
    struct node c = {3, NULL}, b = {2, &c}, a = {1, &b};

    c.next = &a;
    if (fork() == 0) {
        volatile long sum = 0;

        for (struct node *n = &a; n != NULL; n = n->next)
            sum += n->value;
        exit(0);
    }
    wait(NULL);
    return 0;
}
