"""Takes the segment away from the resource tracker, and then does not unlink it either."""

from multiprocessing import resource_tracker, shared_memory

block = shared_memory.SharedMemory(create=True, size=1000)
resource_tracker.unregister(block._name, "shared_memory")
block.buf[0] = 1
block.close()
