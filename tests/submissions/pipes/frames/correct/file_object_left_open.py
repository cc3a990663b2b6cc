"""A file object for each call, unbuffered, which leaves the descriptor open (closefd=False)."""


def send_frame(fd, message):
    with open(fd, "wb", closefd=False) as stream:  # a BufferedWriter repeats partial writes
        stream.write(len(message).to_bytes(4, "big"))
        stream.write(message)


def receive_frame(fd):
    with open(fd, "rb", buffering=0, closefd=False) as stream:
        header = exactly(stream, 4)
        if not header:
            return None
        if len(header) < 4:
            raise EOFError
        size = int.from_bytes(header, "big")
        message = exactly(stream, size)
        if len(message) < size:
            raise EOFError
        return message


def exactly(stream, size):
    if size == 0:
        return b""
    piece = stream.read(size)
    return piece + exactly(stream, size - len(piece)) if piece else b""
