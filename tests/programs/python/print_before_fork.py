import os
import sys

print("reading the settings")
print("starting the workers")
for n in range(2):
    if os.fork() == 0:
        print("worker", n)
        sys.exit(0)
for n in range(2):
    os.wait()
print("done")
