"""Parent and child write the same heading, each into a file of its own."""

import os

pid = os.fork()
with open("child.txt" if pid == 0 else "parent.txt", "w") as report:
    report.write("Report\n======\n")
if pid == 0:
    os._exit(0)
os.waitpid(pid, 0)
print(open("child.txt").read() == open("parent.txt").read())
