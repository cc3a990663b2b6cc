"""One thread reads, another writes to the same pipe, half a second later."""

import os
import threading
import time

r, w = os.pipe()


def feed():
    time.sleep(0.6)
    os.write(w, b"fed")
    os.close(w)


threading.Thread(target=feed).start()
data = b""
while piece := os.read(r, 10):
    data += piece
print(data.decode())
