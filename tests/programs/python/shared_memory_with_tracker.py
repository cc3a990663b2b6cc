"""multiprocessing starts a helper, the resource tracker, which ends after the program."""

from multiprocessing import shared_memory

block = shared_memory.SharedMemory(create=True, size=4096)
block.buf[:5] = b"hello"
other = shared_memory.SharedMemory(block.name)
print(bytes(other.buf[:5]).decode())
other.close()
block.close()
block.unlink()
