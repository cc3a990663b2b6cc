"""Closes the descriptor under a file object, which then cannot be flushed."""

import os

log = open("log.txt", "w")
log.write("first line\n")
os.close(log.fileno())
log.write("second line\n")
log.close()
print("logged")
