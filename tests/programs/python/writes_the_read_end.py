import os

reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    os.close(writer)
    print(os.read(reader, 100), flush=True)
    os._exit(0)
os.close(writer)
try:
    os.write(reader, b"for the child")
finally:
    os.waitpid(pid, 0)
