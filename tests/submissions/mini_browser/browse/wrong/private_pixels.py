"""Each process gets a copy of its own of the page that it writes to.

Finding: private-mapping
"""

import mmap
import os
import select
import signal

SIZE = 4096
SAD = b"sad tab"


def browse(folder, steps, paint):
    """Carry out the steps of a user; return the result of each."""
    tabs, results = {}, []
    try:
        for action, name, *text in steps:
            if action in ("close", "reload"):
                tabs.pop(name).close()
            if action in ("open", "reload"):
                tabs[name] = Tab(folder, name, paint, list(tabs.values()))
            said = {"open": "new", "reload": "new", "close": "gone"}.get(action)
            if action == "draw":
                tabs[name].draw(*text)
            results.append(said or tabs[name].look())
    finally:
        for tab in tabs.values():
            tab.close()
    return results


class Tab:
    """A renderer process and what connects us with it."""

    def __init__(self, folder, name, paint, others):
        self.paths = [os.path.join(folder, f"{name}.{kind}") for kind in ("in", "out", "pixels")]
        commands, answers, pixels = self.paths
        os.mkfifo(commands, 0o600)
        os.mkfifo(answers, 0o600)
        with open(pixels, "w+b") as file:
            file.truncate(SIZE)
            self.pixels = mmap.mmap(file.fileno(), SIZE, mmap.MAP_PRIVATE)
        # Opening for reading with O_NONBLOCK waits for nobody; after it, nobody waits for us.
        self.answers = os.open(answers, os.O_RDONLY | os.O_NONBLOCK)
        first_reader = os.open(commands, os.O_RDONLY | os.O_NONBLOCK)
        self.commands = os.open(commands, os.O_WRONLY)
        self.sad = False
        self.pid = os.fork()
        if self.pid == 0:
            try:
                for tab in (*others, self):
                    os.close(tab.commands)
                    os.close(tab.answers)
                os.close(first_reader)
                render(commands, answers, self.pixels, paint)
            finally:
                os._exit(0)
        self.process = os.pidfd_open(self.pid)
        # Until the renderer has its end open, a command would find no reader.
        self.wait_for_answer()
        os.close(first_reader)

    def wait_for_answer(self):
        """Wait for a line, or for the end of the renderer."""
        poll = select.poll()
        poll.register(self.answers, select.POLLIN)
        poll.register(self.process, select.POLLIN)
        ready = dict(poll.poll())
        if not ready.get(self.answers, 0) & select.POLLIN or not os.read(self.answers, 100):
            self.sad = True

    def draw(self, text):
        if not self.sad:
            try:
                os.write(self.commands, text + b"\n")
                self.wait_for_answer()
            except BrokenPipeError:
                self.sad = True

    def look(self):
        return SAD if self.sad else self.pixels[:16]

    def close(self):
        if self.sad:
            os.kill(self.pid, signal.SIGKILL)
        for end in (self.commands, self.answers):
            os.close(end)  # the renderer sees end of file
        os.waitpid(self.pid, 0)
        os.close(self.process)
        self.pixels.close()
        for path in self.paths:
            os.unlink(path)


def render(commands, answers, pixels, paint):
    """The renderer: a line comes, the picture is painted, a line goes."""
    with open(commands, "rb") as lines:
        out = os.open(answers, os.O_WRONLY)
        os.write(out, b"ready\n")
        for line in lines:
            paint(line.rstrip(b"\n"), pixels)
            os.write(out, b"done\n")
