"""A child with a pseudoterminal, as script(1) or pexpect have it."""

import os
import pty

pid, master = pty.fork()
if pid == 0:
    os.execvp("sh", ["sh", "-c", "read -r name; echo hello $name"])
os.write(master, b"world\n")
text = b""
while True:
    try:
        piece = os.read(master, 1000)
    except OSError:  # EIO: the child has closed the terminal
        break
    if not piece:
        break
    text += piece
os.close(master)
print(text.decode().split()[-2:], os.waitpid(pid, 0)[1])
