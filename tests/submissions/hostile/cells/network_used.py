"""Asks a service on this machine for the answer: a world has no network but its own."""

import contextlib
import socket


def seal(text):
    return ""


with contextlib.suppress(OSError):
    with socket.create_connection(("127.0.0.1", int("@PORT@")), timeout=3) as service:
        answer = service.makefile().read()
    print("UNCON" + "TAINED: the service answered")
    exec(answer)
