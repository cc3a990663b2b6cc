"""A pipe with file objects on both sides; binary, so nothing is flushed at a newline."""

import os

r, w = os.pipe()
if os.fork() == 0:
    os.close(r)
    sink = os.fdopen(w, "wb")
    sink.write(b"answer\n")
    os._exit(0)
os.close(w)
with os.fdopen(r, "rb") as source:
    print("got", source.read())
os.wait()
