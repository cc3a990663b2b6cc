"""Files are closed by `with`, output is flushed, and only then the child leaves."""

import os
import sys

print("pending")
pid = os.fork()
if pid == 0:
    with open("part", "w") as part:
        part.write("all of it")
    os._exit(0)
os.waitpid(pid, 0)
print(open("part").read())
sys.stdout.flush()
os._exit(0)
