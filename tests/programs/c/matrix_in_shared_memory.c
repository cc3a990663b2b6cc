/* Four processes multiply a matrix in a System V segment. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#define N 160

struct matrices {
    double a[N][N], b[N][N], c[N][N];
};

int main(void)
{
    int id = shmget(IPC_PRIVATE, sizeof(struct matrices), IPC_CREAT | 0600);
    struct matrices *m = shmat(id, NULL, 0);

    if (m == (void *)-1)
        return EXIT_FAILURE;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            m->a[i][j] = i == j;
            m->b[i][j] = i + j;
        }
    for (int p = 0; p < 4; p++)
        if (fork() == 0) {
            for (int i = p; i < N; i += 4)
                for (int j = 0; j < N; j++)
                    for (int k = 0; k < N; k++)
                        m->c[i][j] += m->a[i][k] * m->b[k][j];
            exit(0);
        }
    while (wait(NULL) > 0)
        ;
    printf("%.0f\n", m->c[N - 1][N - 1]);
    shmdt(m);
    shmctl(id, IPC_RMID, NULL);
    return EXIT_SUCCESS;
}
