/* Closes the file too early. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    int fd = open("notes.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);

    if (fd == -1) {
        perror("open");
        exit(EXIT_FAILURE);
    }
    if (write(fd, "one\n", 4) != 4) {
        perror("write one");
        exit(EXIT_FAILURE);
    }
    close(fd);
    if (write(fd, "two\n", 4) != 4) {
        perror("write two");
        exit(EXIT_FAILURE);
    }
    return EXIT_SUCCESS;
}
