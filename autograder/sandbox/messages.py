"""Messages between judge, template, init and student: one JSON object a packet.

AF_UNIX SOCK_SEQPACKET keeps packets whole and in order, carries descriptors (SCM_RIGHTS) and,
where the receiver asks, the kernel's word on who sent each one (SCM_CREDENTIALS, unix(7)).
"""

import array
import json
import os
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

MAX_PACKET = 1 << 17
_MAX_FDS = 16
_CREDENTIALS = struct.calcsize("=iii")


@dataclass(slots=True)
class Message:
    """One received packet: content, descriptors it carried, the sender's pid (0: unknown)."""

    body: dict[str, Any]
    fds: list[int] = field(default_factory=list)
    sender: int = 0

    @property
    def op(self) -> str:
        """What the message is about."""
        return str(self.body.get("op", ""))


def pair() -> tuple[socket.socket, socket.socket]:
    """Two connected ends."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(
    end: socket.socket, body: dict[str, Any], fds: tuple[int, ...] = (), flags: int = 0
) -> None:
    """Send one packet; raises OSError (EMSGSIZE for one above the socket's buffer)."""
    ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
    end.sendmsg([json.dumps(body).encode()], ancillary, flags | socket.MSG_NOSIGNAL)


def receive(end: socket.socket, flags: int = 0) -> Message | None:
    """The next packet, or None at the end of the connection.

    A packet that is not a JSON object (a student can find the socket) comes as an empty one.
    Raises BlockingIOError with MSG_DONTWAIT when there is none.
    """
    room = socket.CMSG_SPACE(_MAX_FDS * 4) + socket.CMSG_SPACE(_CREDENTIALS)
    data, ancillary, _, _ = end.recvmsg(MAX_PACKET, room, flags | socket.MSG_CMSG_CLOEXEC)
    fds, sender = array.array("i"), 0
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            fds.frombytes(content[: len(content) - len(content) % fds.itemsize])
        elif level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
            sender = struct.unpack("=iii", content[:_CREDENTIALS])[0]
    if not data and not ancillary:
        return None
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        body = None
    return Message(body if isinstance(body, dict) else {}, list(fds), sender)


def close_all(fds: list[int]) -> None:
    """Close descriptors that came with a packet."""
    for fd in fds:
        os.close(fd)
