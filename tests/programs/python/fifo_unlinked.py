import contextlib
import os
import tempfile

with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    os.mkfifo("p")
    if os.fork() == 0:
        with open("p", "w") as w:
            w.write("through a fifo")
        os._exit(0)
    with open("p") as r:
        print(r.read())
    os.wait()
