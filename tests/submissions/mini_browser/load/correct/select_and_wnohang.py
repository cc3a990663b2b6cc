"""A large source waits in memory, and the pipe takes as much of it at a time as it has room for.

One loop around select(2), without any object for it; the end of a renderer is looked up in between.
"""

import os
import select
import signal
import time


def load(pages, render, patience):
    tabs = [start(name, source) for name, source in pages.items()]
    for number, tab in enumerate(tabs):
        launch(tab, render, tabs[:number], tabs[number + 1 :])
    running, result = list(tabs), {}
    while running:
        readers = [tab["in"] for tab in running if tab["in"] is not None]
        writers = [tab["out"] for tab in running if tab["out"] is not None]
        select.select(readers, writers, [], 0.05)
        for tab in list(running):
            serve(tab)
            pid, status = os.waitpid(tab["pid"], os.WNOHANG)
            if not pid and time.monotonic() >= tab["active"] + patience:
                os.kill(tab["pid"], signal.SIGKILL)
                pid, status = os.waitpid(tab["pid"], 0)
            if pid:
                serve(tab)
                for key in ("in", "out"):
                    if tab[key] is not None:
                        os.close(tab[key])
                running.remove(tab)
                result[tab["name"]] = None if status else tab["picture"]
    return result


def start(name, source):
    """The pipes of a tab, before any process is there."""
    source_read, out = os.pipe()
    back, picture_write = os.pipe()
    os.set_blocking(out, False)
    os.set_blocking(back, False)
    return {
        "name": name, "rest": source, "picture": b"", "out": out, "in": back,
        "theirs": (source_read, picture_write),
    }  # fmt: skip


def launch(tab, render, earlier, later):
    tab["pid"] = os.fork()
    if tab["pid"] == 0:
        status = 1
        try:
            for other in (*earlier, tab, *later):
                for end in (other["in"], other["out"]):
                    os.close(end)
            for other in later:
                for end in other["theirs"]:
                    os.close(end)
            render(*tab["theirs"])
            status = 0
        finally:
            os._exit(status)
    for end in tab["theirs"]:
        os.close(end)
    tab["active"] = time.monotonic()


def serve(tab):
    """Give and take what goes without waiting."""
    try:
        while tab["in"] is not None:
            data = os.read(tab["in"], 65536)
            tab["picture"] += data
            if not data:
                os.close(tab["in"])
                tab["in"] = None
                return
            tab["active"] = time.monotonic()
    except BlockingIOError:
        pass
    try:
        while tab["out"] is not None and tab["rest"]:
            tab["rest"] = tab["rest"][os.write(tab["out"], tab["rest"]) :]
            tab["active"] = time.monotonic()
    except BlockingIOError:
        return
    except BrokenPipeError:
        tab["rest"] = b""
    if tab["out"] is not None:
        os.close(tab["out"])
        tab["out"] = None
