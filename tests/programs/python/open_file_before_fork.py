"""The table of results has its heading in the buffer when the process forks."""

import os

table = open("results.csv", "w")
table.write("name,points\n")
pid = os.fork()
if pid == 0:
    table.write("ann,10\n")
    table.close()
    os._exit(0)
os.waitpid(pid, 0)
table.write("bob,9\n")
table.close()
print(open("results.csv").read().count("name,points"), "headings")
