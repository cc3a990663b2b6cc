"""mmap(2) and its relatives as they are, for lessons: addresses, every flag, and no safety net.

Python's own `mmap` chooses the address, keeps the length within the file and never unmaps a part.
A `Region` does what the C call does: a wrong access ends the process by SIGSEGV or SIGBUS, so use
it inside a world. Two ways lead to its memory:

- `load` and `store` touch it, as a variable in C would;
- `peek` and `poke` let the kernel touch it (write(2) from there, read(2) to there), which answers
  EFAULT where touching would be fatal.
"""

import ctypes
import mmap
import os
from dataclasses import dataclass

PROT_NONE = 0
PROT_READ, PROT_WRITE, PROT_EXEC = mmap.PROT_READ, mmap.PROT_WRITE, mmap.PROT_EXEC
MAP_SHARED, MAP_PRIVATE, MAP_ANONYMOUS = mmap.MAP_SHARED, mmap.MAP_PRIVATE, mmap.MAP_ANONYMOUS
# From Linux's headers; the same on every architecture that Python's wheels are built for.
MAP_FIXED, MAP_FIXED_NOREPLACE = 0x10, 0x100000
MS_ASYNC, MS_INVALIDATE, MS_SYNC = 1, 2, 4

_libc = ctypes.CDLL(None, use_errno=True)
_SIZE, _ADDRESS, _INT = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int
_libc.mmap.restype = _ADDRESS
_libc.mmap.argtypes = [_ADDRESS, _SIZE, _INT, _INT, _INT, ctypes.c_long]
_libc.munmap.argtypes = [_ADDRESS, _SIZE]
_libc.mprotect.argtypes = [_ADDRESS, _SIZE, _INT]
_libc.msync.argtypes = [_ADDRESS, _SIZE, _INT]
_libc.madvise.argtypes = [_ADDRESS, _SIZE, _INT]
_libc.read.argtypes = _libc.write.argtypes = [_INT, _ADDRESS, _SIZE]
_libc.read.restype = _libc.write.restype = ctypes.c_ssize_t
_FAILED = ctypes.c_void_p(-1).value
_PIPE_HOLDS = 4096


@dataclass(frozen=True, slots=True)
class Region:
    """`length` bytes of the address space from `address` on. Offsets count from there, in bytes."""

    address: int
    length: int

    def load(self, offset: int = 0, count: int = 1) -> bytes:
        """Touch `count` bytes and return them; a fault ends the process."""
        return ctypes.string_at(self.address + offset, count)

    def store(self, data: bytes, offset: int = 0) -> None:
        """Write `data` there; a fault ends the process."""
        ctypes.memmove(self.address + offset, data, len(data))

    def peek(self, offset: int = 0, count: int = 1) -> bytes:
        """Like `load` of at most 4,096 bytes, through the kernel; raises OSError (EFAULT)."""
        return self._through_a_pipe(offset, count, None)

    def poke(self, data: bytes, offset: int = 0) -> None:
        """Like `store` of at most 4,096 bytes, through the kernel; raises OSError (EFAULT)."""
        self._through_a_pipe(offset, len(data), data)

    def unmap(self, offset: int = 0, length: int | None = None) -> None:
        """munmap(2), of a part when told; raises OSError."""
        _check(_libc.munmap(*self._part(offset, length)), "munmap")

    def protect(self, protection: int, offset: int = 0, length: int | None = None) -> None:
        """mprotect(2): another `PROT_…`; raises OSError."""
        _check(_libc.mprotect(*self._part(offset, length), protection), "mprotect")

    def sync(self, flags: int, offset: int = 0, length: int | None = None) -> None:
        """msync(2) with `MS_…`; raises OSError."""
        _check(_libc.msync(*self._part(offset, length), flags), "msync")

    def advise(self, advice: int, offset: int = 0, length: int | None = None) -> None:
        """madvise(2) with `mmap.MADV_…`; raises OSError."""
        _check(_libc.madvise(*self._part(offset, length), advice), "madvise")

    def _part(self, offset: int, length: int | None) -> tuple[int, int]:
        return self.address + offset, self.length - offset if length is None else length

    def _through_a_pipe(self, offset: int, count: int, data: bytes | None) -> bytes:
        if count > _PIPE_HOLDS:
            raise ValueError(f"at most {_PIPE_HOLDS} bytes at once")
        read_end, write_end = os.pipe()
        try:
            place = self.address + offset
            if data is None:
                _check(_libc.write(write_end, place, count), "write")
                return os.read(read_end, count)
            os.write(write_end, data)
            _check(_libc.read(read_end, place, count), "read")
            return data
        finally:
            os.close(read_end)
            os.close(write_end)


def map_memory(
    length: int,
    protection: int = PROT_READ | PROT_WRITE,
    flags: int = MAP_SHARED,
    fd: int = -1,
    offset: int = 0,
    address: int | None = None,
) -> Region:
    """mmap(2); raises OSError with the call's errno where C gets MAP_FAILED.

    `address` is a wish, or with MAP_FIXED an order. Without a descriptor say MAP_ANONYMOUS.
    """
    found = _libc.mmap(address, length, protection, flags, fd, offset)
    if found == _FAILED:
        raise _error("mmap")
    return Region(int(found or 0), length)


def _check(result: int, call: str) -> None:
    if result < 0:
        raise _error(call)


def _error(call: str) -> OSError:
    code = ctypes.get_errno()
    return OSError(code, f"{call}: {os.strerror(code)}")
