"""The whole source is written before anything is read: two full pipes face each other.

Finding: circular-wait
"""

import os
import selectors


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
    tabs, pictures, result = {}, {}, {}
    for name, source in pages.items():
        others = [tab[2] for tab in tabs.values()]
        tabs[name] = start(source, render, others)
        with open(tabs[name][1], "wb") as sink:
            sink.write(source)
        pictures[name] = b""
    with selectors.DefaultSelector() as selector:
        for name, (_, _, origin) in tabs.items():
            selector.register(origin, selectors.EVENT_READ, name)
        while len(result) < len(tabs):
            for key, _ in selector.select(patience):
                data = os.read(key.fd, 65536)
                pictures[key.data] += data
                if not data:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    status = os.waitpid(tabs[key.data][0], 0)[1]
                    result[key.data] = None if status else pictures[key.data]
    return result
