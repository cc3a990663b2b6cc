"""Leaves processes that have left their session and parent, and that act later."""

import os
import time


def seal(text):
    leave()
    return ""


def leave():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 1024)
            end = time.monotonic() + 300
            while time.monotonic() < end:
                time.sleep(0.2)
                try:
                    with open("@COURSE@/feedback/@NEXT@/t/t.html", "a") as file:
                        file.write("written by a daemon")
                except OSError:
                    pass
        os._exit(0)
    os.wait()


leave()
