"""Each page is started when the one before it is done: the renderers never meet.

Finding: no-progress
"""

import os


def load(pages, render, patience):
    result = {}
    for name, source in pages.items():
        source_read, source_write = os.pipe()
        picture_read, picture_write = os.pipe()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                os.close(source_write)
                os.close(picture_read)
                render(source_read, picture_write)
                status = 0
            finally:
                os._exit(status)
        os.close(source_read)
        os.close(picture_write)
        with open(source_write, "wb") as sink:
            sink.write(source)
        with open(picture_read, "rb") as origin:
            picture = origin.read()
        status = os.waitpid(pid, 0)[1]
        result[name] = None if status else picture
    return result
