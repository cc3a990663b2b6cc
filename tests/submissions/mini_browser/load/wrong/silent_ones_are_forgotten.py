"""Who is silent gets no more attention, so it does not matter what it does.

Finding: orphan
"""

import os
import selectors
import time


def start(source, render, others):
    source_read, source_write = os.pipe()
    picture_read, picture_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            for end in (*others, source_write, picture_read):
                os.close(end)
            render(source_read, picture_write)
            status = 0
        finally:
            os._exit(status)
    os.close(source_read)
    os.close(picture_write)
    return pid, source_write, picture_read


def load(pages, render, patience):
    tabs, result = {}, {}
    with selectors.DefaultSelector() as selector:
        for name, source in pages.items():
            others = [end for tab in tabs.values() for end in tab["ends"]]
            pid, sink, origin = start(source, render, others)
            os.set_blocking(sink, False)
            tabs[name] = {"pid": pid, "ends": {sink, origin}, "rest": source, "picture": b""}
            tabs[name]["active"] = time.monotonic()
            selector.register(sink, selectors.EVENT_WRITE, name)
            selector.register(origin, selectors.EVENT_READ, name)
        while tabs:
            until = min(tab["active"] for tab in tabs.values()) + patience
            for key, event in selector.select(max(0, until - time.monotonic())):
                tab, done = tabs[key.data], False
                tab["active"] = time.monotonic()
                if event & selectors.EVENT_READ:
                    data = os.read(key.fd, 65536)
                    tab["picture"] += data
                    tab["ended"] = done = not data
                else:
                    try:
                        tab["rest"] = tab["rest"][os.write(key.fd, tab["rest"]) :]
                        done = not tab["rest"]
                    except BrokenPipeError:
                        done = True
                if done:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    tab["ends"].discard(key.fd)
            for name, tab in list(tabs.items()):
                late = time.monotonic() >= tab["active"] + patience
                if late or tab.get("ended"):
                    for end in tab["ends"]:
                        selector.unregister(end)
                        os.close(end)
                    if not late:
                        os.waitpid(tab["pid"], 0)
                    result[name] = None if late else tab["picture"]
                    del tabs[name]
    return result
