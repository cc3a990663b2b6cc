"""The reader was closed before the fork by mistake."""

import os

r, w = os.pipe()
os.close(r)
if os.fork() == 0:
    os._exit(0)
os.wait()
os.write(w, b"hello")
os.close(w)
