"""An actor: a process of a world that does the system calls it is told, one after the other.

It listens on a socket; each request is one JSON object, `{"op": …}`, and has one answer, when the
call has returned. An actor that waits in a call is deaf until then: that is the point. A forked
actor gets a socket of its own with the request, and goes on as a second actor with all that the
first one had open.
"""

import ctypes
import errno
import fcntl
import mmap
import os
import socket
from dataclasses import asdict
from typing import Any

from autograder.observe.sysvipc import segments
from autograder.sandbox import messages

PAGE = mmap.PAGESIZE
# Own descriptors stand here, out of the way of those that the picture shows.
_HIGH = 900
_MOST_SHOWN = 64
SIDE = 8  # points of a page, across and down
_PRIVATE, _NEW, _RMID = 0, 0o1000, 0  # IPC_PRIVATE, IPC_CREAT, IPC_RMID
_libc = ctypes.CDLL(None, use_errno=True)
_libc.shmget.argtypes = [ctypes.c_int, ctypes.c_size_t, ctypes.c_int]
_libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
_libc.shmat.restype = ctypes.c_void_p
_libc.shmdt.argtypes = [ctypes.c_void_p]
_FAILED = ctypes.c_void_p(-1).value


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def serve(end: int) -> None:
    """Do what is asked for on the socket `end` until it is closed."""
    Actor(socket.socket(fileno=end)).serve()


class Actor:
    """The process, and what it has: descriptors and mappings by name, attached segments."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._fds: dict[str, int] = {}
        self._maps: dict[str, mmap.mmap] = {}
        self._attached: list[int] = []

    def serve(self) -> None:
        """Answer each request with what its call returned, or with its error."""
        while (message := messages.receive(self._control)) is not None:
            op = message.body.pop("op")
            try:
                answer = getattr(self, f"do_{op}")(*message.fds, **message.body)
            except OSError as error:
                answer = {"error": errno.errorcode.get(error.errno or 0, str(error))}
            except ValueError as error:
                answer = {"error": str(error)}
            messages.send(self._control, answer or {})

    # -- processes -----------------------------------------------------------------------------

    def do_fork(self, end: int) -> dict[str, Any]:
        """Fork; the child answers on the socket that came with the request."""
        child = os.fork()
        if child == 0:
            self._control.close()
            high = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _HIGH)
            self._control = socket.socket(fileno=high)
        os.close(end)
        return {"child": child} if child else {"born": os.getpid()}

    def do_wait(self, pid: int) -> dict[str, Any]:
        """waitpid: sleep until the child has ended."""
        _, status = os.waitpid(pid, 0)
        return {"status": os.waitstatus_to_exitcode(status)}

    def do_exit(self, code: int = 0) -> None:
        """End at once."""
        os._exit(code)

    # -- descriptors ---------------------------------------------------------------------------

    def do_pipe(self, read: str, write: str) -> dict[str, Any]:
        """pipe: the ends are called `read` and `write` from now on."""
        self._fds[read], self._fds[write] = os.pipe()
        return {"read": self._fds[read], "write": self._fds[write]}

    def do_close(self, name: str) -> None:
        """Close a descriptor."""
        os.close(self._fds.pop(name))

    def do_write(self, name: str, size: int = 0, text: str = "", most: int = 1) -> dict[str, Any]:
        """Write `text`, or `size` letters, `most` times; sleeps while the pipe has no room."""
        data = text.encode() or b"x" * size
        return {"wrote": sum(os.write(self._fds[name], data) for _ in range(most))}

    def do_fill(self, name: str, size: int) -> dict[str, Any]:
        """Write `size` letters again and again until there is no room for all of them."""
        fd, data, calls = self._fds[name], b"x" * size, 0
        os.set_blocking(fd, False)
        try:
            while True:
                if os.write(fd, data) < size:
                    break
                calls += 1
        except BlockingIOError:
            pass
        finally:
            os.set_blocking(fd, True)
        return {"calls": calls}

    def do_read(self, name: str, size: int) -> dict[str, Any]:
        """Read up to `size` bytes; sleeps while the pipe is empty and somebody could write."""
        data = os.read(self._fds[name], size)
        return {"read": len(data), "text": data[:_MOST_SHOWN].decode("latin-1")}

    # -- shared memory of System V ---------------------------------------------------------------

    def do_shmget(self, size: int) -> dict[str, Any]:
        """Make a segment; nobody is attached to it then."""
        return {"id": _checked(_libc.shmget(_PRIVATE, size, _NEW | 0o600))}

    def do_shmat(self, segment: int) -> dict[str, Any]:
        """Attach it, where the kernel likes."""
        address = _libc.shmat(segment, None, 0)
        if address == _FAILED:
            raise OSError(ctypes.get_errno(), "shmat")
        self._attached.append(address)
        return {"address": address}

    def do_shmdt(self) -> None:
        """Detach what was attached last."""
        _checked(_libc.shmdt(self._attached.pop()))

    def do_rmid(self, segment: int) -> None:
        """Mark the segment for removal."""
        _checked(_libc.shmctl(segment, _RMID, None))

    def do_segments(self) -> dict[str, Any]:
        """The kernel's table, as it is seen in this world."""
        return {"rows": [asdict(each) for each in segments()]}

    def do_poke(self, address: int, text: str) -> None:
        """Write a C string to an address of this process."""
        ctypes.memmove(address, text.encode() + b"\0", len(text) + 1)

    def do_peek(self, address: int) -> dict[str, Any]:
        """Read a C string at an address of this process; an address may lead nowhere."""
        return {"text": ctypes.string_at(address)[:_MOST_SHOWN].decode("latin-1")}

    # -- mapped files --------------------------------------------------------------------------

    def do_map(
        self, name: str, path: str, length: int, private: bool = False, each: bool = False
    ) -> None:
        """Map a file; with `each`, so that the kernel keeps account of each page.

        Neighbours then differ in a flag that means nothing here (MADV_DONTDUMP), so that each
        page is a mapping of its own for the kernel, with lines of its own in smaps.
        """
        fd = os.open(path, os.O_RDWR)
        kind = mmap.MAP_PRIVATE if private else mmap.MAP_SHARED
        memory = mmap.mmap(fd, length, kind)
        os.close(fd)
        if each:
            for start in range(0, length, 2 * PAGE):
                memory.madvise(mmap.MADV_DONTDUMP, start, PAGE)
            memory.madvise(mmap.MADV_RANDOM)
        self._maps[name] = memory

    def do_load(self, name: str, offset: int) -> dict[str, Any]:
        """Read one byte of a mapping."""
        return {"byte": self._maps[name][offset]}

    def do_store(self, name: str, offset: int, value: int = 1, size: int = 1) -> None:
        """Write `size` bytes of a mapping."""
        self._maps[name][offset : offset + size] = bytes([value]) * size

    def do_msync(self, name: str) -> None:
        """Have what was written through a mapping written to the disk."""
        self._maps[name].flush()

    def do_unmap(self, name: str) -> None:
        """munmap."""
        self._maps.pop(name).close()

    def do_load_all(self, name: str) -> None:
        """Read one byte of every page of a mapping."""
        memory = self._maps[name]
        for start in range(0, len(memory), PAGE):
            memory[start]

    def do_truncate(self, path: str, size: int) -> None:
        """ftruncate: make a file longer or shorter."""
        os.truncate(path, size)

    # -- a renderer ----------------------------------------------------------------------------

    def do_render(self, name: str, pixels: str, offset: int) -> None:
        """Read page numbers from a pipe and paint each into a mapping, until end of file."""
        memory = self._maps[pixels]
        while page := os.read(self._fds[name], 1):
            for place in range(SIDE * SIDE):
                memory[offset + place] = colour(page[0], *divmod(place, SIDE))


def colour(page: int, row: int, column: int) -> int:
    """The picture of a page: one of four colours for each of its points, none of them 0."""
    return 1 + (page * row + (page // 3 + 1) * column + row * column) % 4
