"""A helper process feeds each page to its renderer, so that the browser only has to read."""

import os
import select
import signal
import time


def load(pages, render, patience):
    tabs, result = {}, {}
    epoll = select.epoll()
    for name, source in pages.items():
        source_read, source_write = os.pipe()
        picture_read, picture_write = os.pipe()
        held = (*(tab["origin"] for tab in tabs.values()), picture_read, epoll.fileno())
        renderer = os.fork()
        if renderer == 0:
            status = 1
            try:
                for end in (*held, source_write):
                    os.close(end)
                render(source_read, picture_write)
                status = 0
            finally:
                os._exit(status)
        feeder = os.fork()
        if feeder == 0:
            try:
                for end in (*held, source_read, picture_write):
                    os.close(end)
                signal.signal(signal.SIGPIPE, signal.SIG_DFL)
                rest = memoryview(source)
                while rest:
                    rest = rest[os.write(source_write, rest) :]
            finally:
                os._exit(0)
        for end in (source_read, source_write, picture_write):
            os.close(end)
        tabs[picture_read] = {
            "name": name, "origin": picture_read, "pids": (renderer, feeder), "data": b"",
            "active": time.monotonic(),
        }  # fmt: skip
        epoll.register(picture_read, select.EPOLLIN)
    while tabs:
        until = min(tab["active"] for tab in tabs.values()) + patience
        ended = set()
        for end, _ in epoll.poll(max(0, until - time.monotonic())):
            data = os.read(end, 1 << 20)
            tabs[end]["data"] += data
            tabs[end]["active"] = time.monotonic()
            if not data:
                ended.add(end)
        now = time.monotonic()
        late = {end for end, tab in tabs.items() if now >= tab["active"] + patience} - ended
        for end in ended | late:
            tab = tabs.pop(end)
            epoll.unregister(end)
            os.close(end)
            if end in late:
                os.kill(tab["pids"][0], signal.SIGKILL)
            status = os.waitpid(tab["pids"][0], 0)[1]
            os.waitpid(tab["pids"][1], 0)
            result[tab["name"]] = None if status else tab["data"]
    epoll.close()
    return result
