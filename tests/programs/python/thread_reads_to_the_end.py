import os
import threading

read_end, write_end = os.pipe()
collected = []


def collect():
    while chunk := os.read(read_end, 1024):
        collected.append(chunk)


reader = threading.Thread(target=collect)
reader.start()
for number in range(10):
    os.write(write_end, b"%d\n" % number)
reader.join()
os.close(write_end)
print(b"".join(collected))
