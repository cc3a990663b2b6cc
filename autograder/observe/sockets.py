"""Which Unix socket is connected to which: the kernel's sock_diag (sock_diag(7)).

Answers for the network namespace of whoever asks.
"""

import socket
import struct
from dataclasses import dataclass

_NETLINK_SOCK_DIAG = 4
_SOCK_DIAG_BY_FAMILY = 20
_REQUEST_DUMP = 0x301  # NLM_F_REQUEST | NLM_F_DUMP
_DONE, _ERROR = 3, 2
_SHOW_PEER, _SHOW_QUEUE = 0x4, 0x10
_ATTRIBUTE_PEER, _ATTRIBUTE_QUEUE = 2, 4
_HEADER = struct.Struct("=IHHII")
_MESSAGE = struct.Struct("=BBBBIII")
_ALL_STATES = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Peer:
    """One Unix socket, by inode: the inode of its peer (0: none), bytes that wait to be read."""

    inode: int
    peer: int
    queued: int


def unix_peers() -> list[Peer] | None:
    """Every Unix socket of this network namespace; None where the kernel does not tell."""
    query = struct.pack(
        "=BBHIIIII", socket.AF_UNIX, 0, 0, _ALL_STATES, 0, _SHOW_PEER | _SHOW_QUEUE, 0, 0
    )
    header = _HEADER.pack(_HEADER.size + len(query), _SOCK_DIAG_BY_FAMILY, _REQUEST_DUMP, 1, 0)
    found: list[Peer] = []
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_SOCK_DIAG) as kernel:
            kernel.settimeout(1.0)
            kernel.send(header + query)
            while _take(kernel.recv(1 << 17), found):
                pass
    except (OSError, struct.error):
        return None
    return found


def _take(data: bytes, found: list[Peer]) -> bool:
    """Add the sockets of one datagram; False when it was the last. Raises OSError on an error."""
    at = 0
    while at < len(data):
        length, kind, *_ = _HEADER.unpack_from(data, at)
        if kind == _DONE:
            return False
        if kind == _ERROR or length < _HEADER.size:
            raise OSError("sock_diag refuses")
        found.append(_peer(data[at + _HEADER.size : at + length]))
        at += (length + 3) & ~3
    return True


def _peer(body: bytes) -> Peer:
    inode = _MESSAGE.unpack_from(body)[4]
    peer = queued = 0
    at = _MESSAGE.size
    while at + 4 <= len(body):
        length, kind = struct.unpack_from("=HH", body, at)
        if length < 4:
            break
        if kind == _ATTRIBUTE_PEER:
            (peer,) = struct.unpack_from("=I", body, at + 4)
        elif kind == _ATTRIBUTE_QUEUE:
            (queued,) = struct.unpack_from("=I", body, at + 4)
        at += (length + 3) & ~3
    return Peer(inode, peer, queued)
