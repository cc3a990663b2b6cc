"""The child upper-cases what the parent writes, but never sees the end of it."""

import os


def main():
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        with os.fdopen(r) as source:
            for line in source:
                print(line.upper(), end="", flush=True)
        os._exit(0)
    os.close(r)
    with os.fdopen(w, "w") as sink:
        sink.write("some text\n")
    os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
