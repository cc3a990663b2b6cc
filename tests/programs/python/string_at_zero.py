import ctypes

libc = ctypes.CDLL(None)
libc.strlen.argtypes = [ctypes.c_void_p]
print(libc.strlen(None))
