import os

os.mkfifo("queue")
fd = os.open("queue", os.O_RDWR)  # so that open() does not block
os.unlink("queue")
os.write(fd, b"job 1\njob 2\n")
jobs = []
while True:
    data = os.read(fd, 4096)
    if not data:
        break
    jobs += data.split()
print(len(jobs))
