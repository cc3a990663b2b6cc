"""Connects to the local sockets that /proc/net/unix names, and to an abstract one it knows."""

import contextlib
import socket


def seal(text):
    return ""


with socket.socket(socket.AF_UNIX) as end, contextlib.suppress(OSError):
    end.settimeout(3)
    end.connect("\0course-service-@PORT@")
    print("UNCON" + "TAINED: the abstract socket answered")
