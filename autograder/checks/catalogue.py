"""Every finding's page of truth: what it means, why the kernel behaves so, where it is taught.

What happened in one run, and the line to change, is said by the finding itself (`diagnosis`).
"""

from dataclasses import dataclass

_PIPES, _REDIRECTION, _START = "06_pipes", "07_redirection", "00_start_here"


@dataclass(frozen=True, slots=True)
class Entry:
    """Title, meaning in two or three sentences, and 'notebook#section' of the lesson."""

    title: str
    meaning: str
    lesson: str


CATALOGUE: dict[str, Entry] = {
    "reader-holds-write-end": Entry(
        "The reader holds the write end of its own pipe",
        "A read from a pipe reports end-of-file only when every write end of that pipe is closed, "
        "in every process. A process that keeps a write end open while it reads waits for itself.",
        f"{_PIPES}#end-of-file",
    ),
    "write-end-left-open": Entry(
        "A write end was left open in another process",
        "fork copies the whole descriptor table, so every process starts with both ends of the "
        "pipe. As long as one copy of the write end is open anywhere, the reader cannot see "
        "end-of-file; and the process that holds this copy is itself waiting.",
        f"{_PIPES}#end-of-file",
    ),
    "wait-before-drain": Entry(
        "The parent waits for a child whose output nobody reads",
        "A pipe holds 65,536 bytes. When it is full, write blocks until somebody reads. A parent "
        "that waits before it has read everything waits for a child that waits for the parent.",
        f"{_PIPES}#capacity",
    ),
    "circular-wait": Entry(
        "Processes wait for each other's data in a ring",
        "Each process in the ring is blocked in a read or write that only the next one could end. "
        "Nobody can be first. The order of reads and writes must allow somebody to go on.",
        f"{_PIPES}#circular-wait",
    ),
    "fifo-open-deadlock": Entry(
        "Nobody will open the other side of the FIFO",
        "Opening a FIFO for reading blocks until somebody opens it for writing, and the other way "
        "round. Two processes that open two FIFOs in opposite orders wait for each other for ever.",
        f"{_PIPES}#circular-wait",
    ),
    "lock-order-deadlock": Entry(
        "Locks taken in different orders",
        "Each process in the ring holds the semaphore or lock that the next one wants, and keeps "
        "it while it waits. If everybody takes them in the same order, no ring can form.",
        _START,
    ),
    "semaphore-never-released": Entry(
        "A semaphore that nobody will release",
        "The value is 0, so the operation blocks until somebody adds to it. Nobody is left who "
        "could: the holder has ended without releasing it, or it began at 0.",
        _START,
    ),
    "message-never-sent": Entry(
        "A message that nobody will send",
        "Receiving from an empty queue blocks until a message is sent, and nobody is left to send.",
        _START,
    ),
    "zombie": Entry(
        "A child was never waited for",
        "A process that has ended stays in the process table, as a zombie, until its parent "
        "fetches the exit status with wait or waitpid.",
        f"{_PIPES}#wait",
    ),
    "orphan": Entry(
        "A process was left running",
        "The first process of the program ended while one of its descendants still ran. Nobody "
        "waits for it, and nobody will end it.",
        f"{_PIPES}#wait",
    ),
    "bad-descriptor": Entry(
        "A descriptor was used the wrong way, or after it was closed",
        "EBADF: the number names no open descriptor in this process, or the descriptor is open "
        "for the other direction. Of the pair that pipe returns, [0] is for reading and [1] for "
        "writing.",
        f"{_PIPES}#descriptors",
    ),
    "broken-pipe": Entry(
        "Written to a pipe that nobody reads any more",
        "When the last read end of a pipe is closed, write fails with EPIPE and the process gets "
        "SIGPIPE. Python ignores the signal and raises BrokenPipeError instead.",
        f"{_PIPES}#sigpipe",
    ),
    "child-ran-on": Entry(
        "A forked child ran on into the parent's code",
        "After fork both processes continue behind the call. A child that does not end its branch "
        "with os._exit goes on with the code that was meant for the parent.",
        f"{_PIPES}#fork",
    ),
    "infinite-loop": Entry(
        "A loop does not end",
        "The process used the processor all the time and made no system call that got anywhere.",
        f"{_START}#findings",
    ),
    "busy-wait": Entry(
        "Waiting by asking again and again",
        "The process calls read (or poll) over and over although it brings nothing: at end-of-file "
        "read returns b'' at once, every time. A loop must stop there, or block, instead.",
        f"{_PIPES}#end-of-file",
    ),
    "no-progress": Entry(
        "The time was over and nothing had moved",
        "The run did not end in its time. No closed circle of waits was found; the explanation "
        "says what each process was doing.",
        f"{_START}#findings",
    ),
    "fork-bomb": Entry(
        "Too many processes",
        "The number of processes went over the limit. Usually a child runs on into the code that "
        "forks, and forks too.",
        f"{_PIPES}#fork",
    ),
    "memory-limit": Entry(
        "Too much memory", "The process asked for more memory than the limit allows.", _START
    ),
    "output-flood": Entry(
        "Too much output", "The program wrote more than the limit allows.", _START
    ),
    "file-size-limit": Entry(
        "A file grew too large", "A file grew beyond the limit (EFBIG, SIGXFSZ).", _START
    ),
    "cpu-limit": Entry(
        "Too much processor time",
        "The process used more processor time than the limit allows (SIGXCPU).",
        _START,
    ),
    "segmentation-fault": Entry(
        "Touched memory that is not mapped",
        "SIGSEGV: the process used an address outside its mappings, or wrote to a read-only one.",
        _START,
    ),
    "bus-error": Entry(
        "Touched a page past the end of the file",
        "SIGBUS: the page is mapped, but the file behind it ends before that page.",
        _START,
    ),
    "segment-leaked": Entry(
        "A shared memory segment was left behind",
        "A segment lives until it is removed (shmctl IPC_RMID, shm_unlink), whoever ends.",
        _START,
    ),
    "semaphore-leaked": Entry(
        "A semaphore or message queue was left behind",
        "These objects live until they are removed, or until the machine restarts.",
        _START,
    ),
    "fifo-left-behind": Entry(
        "A FIFO or socket file was left behind",
        "mkfifo makes a file; it stays until unlink removes it.",
        _START,
    ),
}
