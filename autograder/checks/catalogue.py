"""Every finding's page of truth: what it means, how the kernel shows it, how to mend it, and where
it is taught.

What happened in one run, and the line to change, is said by the finding itself (`diagnosis`).
"""

from dataclasses import dataclass

_START, _PIPES = "00_start_here", "06_pipes"
_SHARED, _MAPPED, _PERSISTENCE, _NAMED = (
    "02_shared_memory",
    "04_mmap_in_detail",
    "05_persistence",
    "08_named_pipes",
)
_LIMITS = f"{_START}#findings"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of truth.

    `title`; `meaning` in two or three sentences; `seen`: which files of /proc or which calls show
    it; `mend`: what to do about it in general; `lesson`: 'notebook#section', or 'notebook' alone.
    """

    title: str
    meaning: str
    seen: str
    mend: str
    lesson: str


CATALOGUE: dict[str, Entry] = {
    # -- waits that nobody ends --------------------------------------------------------------------
    "reader-holds-write-end": Entry(
        "The reader holds the write end of its own pipe",
        "A read from a pipe reports end-of-file only when every write end of that pipe is closed, "
        "in every process. A process that keeps a write end open while it reads waits for itself.",
        "/proc/PID/syscall shows the process blocked in read; /proc/PID/fd lists the same pipe, by "
        "its inode, once more among the descriptors of those who read it, open for writing.",
        "Close the write end in every process that only reads, before its first read.",
        f"{_PIPES}#end-of-file",
    ),
    "write-end-left-open": Entry(
        "A write end was left open in another process",
        "fork copies the whole descriptor table, so every process starts with both ends of the "
        "pipe. As long as one copy of the write end is open anywhere, the reader cannot see "
        "end-of-file; and the process that holds this copy is itself waiting.",
        "The reader is blocked in read; /proc/PID/fd of another process lists the same pipe, open "
        "for writing, and /proc/PID/syscall shows that process blocked as well.",
        "After fork, let each process close the ends that it does not use; close the write end "
        "before you wait for the reader.",
        f"{_PIPES}#end-of-file",
    ),
    "wait-before-drain": Entry(
        "The parent waits for a child whose output nobody reads",
        "A pipe holds 65,536 bytes. When it is full, write blocks until somebody reads. A parent "
        "that waits before it has read everything waits for a child that waits for the parent.",
        "The child is blocked in write, and the process with the read end in its /proc/PID/fd is "
        "blocked in wait4 or waitid (/proc/PID/syscall). FIONREAD tells how many bytes wait.",
        "Read until end-of-file first, and wait for the child afterwards.",
        f"{_PIPES}#capacity",
    ),
    "circular-wait": Entry(
        "Processes wait for each other's data in a ring",
        "Each process in the ring is blocked in a read or write that only the next one could end. "
        "Nobody can be first. The order of reads and writes must allow somebody to go on.",
        "/proc/PID/syscall shows each of them in a read or write; /proc/PID/fd shows that the "
        "other end of its pipe or socket is held by the next one.",
        "Agree on who writes first; with much data in both directions, use poll or a second "
        "process, so that reading never has to wait for writing.",
        f"{_PIPES}#circular-wait",
    ),
    "fifo-open-deadlock": Entry(
        "Nobody will open the other side of the FIFO",
        "Opening a FIFO for reading blocks until somebody opens it for writing, and the other way "
        "round. Two processes that open two FIFOs in opposite orders wait for each other for ever.",
        "/proc/PID/syscall shows the process blocked in openat; the path in its memory is a FIFO, "
        "and no process that can still run is there to open it.",
        "Open several FIFOs in the same order everywhere, or open with O_NONBLOCK and wait with "
        "poll.",
        f"{_NAMED}#opening-waits",
    ),
    "lock-order-deadlock": Entry(
        "Locks taken in different orders",
        "Each process in the ring holds the semaphore or lock that the next one wants, and keeps "
        "it while it waits. If everybody takes them in the same order, no ring can form.",
        "Each is blocked in semop, semtimedop, flock or fcntl. Who has a file lock is in "
        "/proc/locks and /proc/PID/fdinfo; who used a semaphore last is told by semctl GETPID.",
        "Give all locks one order and take them in that order in every process.",
        f"{_SHARED}#semaphores",
    ),
    "semaphore-never-released": Entry(
        "A semaphore or lock that nobody will release",
        "The value is 0, or the lock is taken, so the operation blocks until somebody releases it. "
        "Nobody is left who could: the holder has ended or waits itself, or the value began at 0.",
        "The process is blocked in semop, semtimedop, futex, flock or fcntl (/proc/PID/syscall), "
        "and no process that can still run is left.",
        "Release it on every way out (`with`, `finally`), see what value it begins with, and give "
        "System V semaphores SEM_UNDO, which releases what a dead process held.",
        f"{_SHARED}#semaphores",
    ),
    "message-never-sent": Entry(
        "A message that nobody will send",
        "Receiving blocks until a message of the wanted type is in the queue, and nobody is left "
        "to send one.",
        "The process is blocked in msgrcv or mq_timedreceive without a time limit "
        "(/proc/PID/syscall); /proc/sysvipc/msg counts the messages of System V queues.",
        "Send as many messages as are received, send one that means the end, or receive with a "
        "time limit.",
        f"{_NAMED}#message-queues",
    ),
    # -- processes ---------------------------------------------------------------------------------
    "zombie": Entry(
        "A child was never waited for",
        "A process that has ended stays in the process table, as a zombie, until its parent "
        "fetches the exit status with wait or waitpid.",
        "/proc/PID/stat shows the state Z, and the parent ends without a wait call for it.",
        "Call os.waitpid for every child, on every way out.",
        f"{_PIPES}#wait",
    ),
    "orphan": Entry(
        "A process was left running",
        "The first process of the program ended while one of its descendants still ran. Nobody "
        "waits for it, and nobody will end it.",
        "Half a second after the first process has ended, /proc still lists the other one; the "
        "fourth field of its /proc/PID/stat, the parent, is now init or a subreaper.",
        "Let every process end by itself, or end it with a signal; then wait for it.",
        f"{_PIPES}#wait",
    ),
    "child-ran-on": Entry(
        "A forked child ran on into the parent's code",
        "After fork both processes continue behind the call. A child that does not end its branch "
        "with os._exit goes on with the code that was meant for the parent.",
        "A process that is not the first one, and whose parent in /proc/PID/stat is part of the "
        "program, comes to the end of the function.",
        "End the child's branch with os._exit, also when it raises an exception or exec fails.",
        f"{_PIPES}#fork",
    ),
    "fork-bomb": Entry(
        "Too many processes",
        "The number of processes went over the limit. Usually a child runs on into the code that "
        "forks, and forks too.",
        "The descendants listed in /proc/PID/task/TID/children are more than the limit allows, or "
        "fork fails with EAGAIN because of RLIMIT_NPROC.",
        "End every child's branch with os._exit, and fork outside of loops that the child is in.",
        f"{_PIPES}#fork",
    ),
    # -- descriptors and buffers -------------------------------------------------------------------
    "bad-descriptor": Entry(
        "A descriptor was used the wrong way, or after it was closed",
        "EBADF: the number names no open descriptor in this process, or the descriptor is open "
        "for the other direction. Of the pair that pipe returns, [0] is for reading and [1] for "
        "writing.",
        "The call fails with EBADF. /proc/PID/fd lists the open descriptors, and the flags in "
        "/proc/PID/fdinfo tell the direction (0: reading, 1: writing, 2: both).",
        "Read from [0], write to [1], and close each descriptor once, after its last use.",
        f"{_PIPES}#descriptors",
    ),
    "broken-pipe": Entry(
        "Written to a pipe that nobody reads any more",
        "When the last read end of a pipe is closed, write fails with EPIPE and the process gets "
        "SIGPIPE. Python ignores the signal and raises BrokenPipeError instead.",
        "write fails with EPIPE, or the wait status names SIGPIPE; SigIgn in /proc/PID/status "
        "tells whether the signal is ignored.",
        "Keep a read end open until everything is written; where the reader may stop early, handle "
        "BrokenPipeError, or restore SIGPIPE before exec.",
        f"{_PIPES}#sigpipe",
    ),
    "unflushed-output": Entry(
        "Buffered output was lost",
        "A file object collects bytes in the memory of its process and hands them to the kernel "
        "when the buffer is full, flushed or closed. os._exit, a signal and exec end the process's "
        "memory without that, and what was in the buffer is gone.",
        "The process ends (exit_group) without a write call for these bytes: they never reached "
        "the pipe or file.",
        "Call flush, or close the file object, before os._exit or exec; or write with os.write, "
        "which has no buffer.",
        f"{_PIPES}#fork",
    ),
    "duplicated-output": Entry(
        "Buffered output was written twice",
        "fork copies the whole memory of a process, and with it the bytes that wait in buffers. If "
        "both processes flush, both write the same bytes.",
        "Two processes make a write call with the same bytes to the same pipe or file; only one of "
        "them ever put them there.",
        "Flush every file object before fork, and end the child with os._exit.",
        f"{_PIPES}#fork",
    ),
    "partial-io": Entry(
        "A part was taken for the whole",
        "read returns what is there, at most as much as was asked for; write may take only a part "
        "of the bytes. Both tell how many by what they return, and the rest needs another call.",
        "The call returns fewer bytes than were asked for, and no further call fetches or sends "
        "the rest; FIONREAD tells what a pipe still holds.",
        "Call read in a loop until the message is complete or b'' comes, and write in a loop until "
        "every byte is taken.",
        f"{_PIPES}#order",
    ),
    "torn-record": Entry(
        "Records of several writers are mixed",
        "A write to a pipe of up to PIPE_BUF bytes (4,096 on Linux) is in one piece. A longer one "
        "may be cut, and bytes of other writers may come between its parts; so it is with a record "
        "that is written with several calls.",
        "All bytes arrive, but what is read has the bytes of one record inside another.",
        "Write each record with one call and keep it within PIPE_BUF, give each writer a pipe of "
        "its own, or let writers take turns with a lock.",
        f"{_PIPES}#exclusion",
    ),
    # -- memory and files --------------------------------------------------------------------------
    "bus-error": Entry(
        "Touched a page past the end of the file",
        "SIGBUS: the page is mapped, but the file behind it ends before that page. In the last "
        "page of the file, bytes behind the end read as zero and are never written to the file.",
        "The wait status names SIGBUS; /proc/PID/maps shows a mapping that is longer than the "
        "file's size, rounded up to whole pages.",
        "Give the file its full size with ftruncate before it is touched through the mapping, and "
        "do not shorten a file that is mapped.",
        f"{_MAPPED}#sigbus",
    ),
    "segmentation-fault": Entry(
        "Touched memory that is not mapped",
        "SIGSEGV: the process used an address outside its mappings, or wrote to a read-only one. "
        "What was unmapped or detached is outside, even if a pointer or memoryview still leads "
        "there.",
        "The wait status names SIGSEGV; /proc/PID/maps lists the mappings with their rights.",
        "Do not use a mapping or segment after munmap, close or detach; map with PROT_WRITE what "
        "you write to.",
        f"{_MAPPED}#protection-and-flags",
    ),
    "private-mapping": Entry(
        "A mapping meant for sharing is private",
        "With MAP_PRIVATE the first write to a page makes a copy of it for this process alone. "
        "Other processes and the file never see what is written there.",
        "/proc/PID/maps shows a p (private) where an s (shared) should be, and /proc/PID/smaps "
        "counts the copied pages as Anonymous.",
        "Map with MAP_SHARED (in Python, mmap.mmap with flags=mmap.MAP_SHARED or ACCESS_WRITE).",
        f"{_MAPPED}#map-private",
    ),
    "never-synced": Entry(
        "Changed pages were never sent to the disk",
        "Writes to a shared mapping are at once visible to every process, but they lie in memory "
        "until the kernel writes them back. If the system crashes before that, they are lost; "
        "closing or unmapping does not write them.",
        "/proc/PID/smaps counts dirty pages (Shared_Dirty, Private_Dirty) of a mapping of the "
        "file, and no msync, fsync or fdatasync was called for it.",
        "Call msync with MS_SYNC (in Python, the mapping's flush) where durability is promised, "
        "and fsync the folder too when the file is new.",
        f"{_PERSISTENCE}#visible-and-durable",
    ),
    "lost-update": Entry(
        "Updates were lost",
        "Adding to a shared value takes three steps: read, add, write. Two processes that both "
        "read before either has written both write the same result, and one update is lost.",
        "The value in shared memory is smaller than the number of updates that were made, and no "
        "semaphore or lock call stands around the steps.",
        "Put read, add and write between acquire and release of one semaphore or lock that every "
        "process uses.",
        f"{_SHARED}#races",
    ),
    # -- left behind -------------------------------------------------------------------------------
    "segment-leaked": Entry(
        "A shared memory segment was left behind",
        "A segment lives until it is removed (shmctl IPC_RMID, shm_unlink), whoever ends; a "
        "System V segment then goes with its last detach.",
        "/proc/sysvipc/shm still has its row, with nattch 0 when nobody is attached; a POSIX "
        "segment is a file in /dev/shm.",
        "Remove it when the last user is done, in a `finally` block.",
        f"{_SHARED}#removal",
    ),
    "semaphore-leaked": Entry(
        "A semaphore or message queue was left behind",
        "These objects live until they are removed, or until the machine restarts.",
        "/proc/sysvipc/sem or /proc/sysvipc/msg still has its row; a POSIX semaphore is a file in "
        "/dev/shm, a POSIX queue one in /dev/mqueue.",
        "Remove it (IPC_RMID, sem_unlink, mq_unlink) when the last user is done, in `finally`.",
        f"{_SHARED}#semaphores",
    ),
    "fifo-left-behind": Entry(
        "A FIFO or socket file was left behind",
        "mkfifo makes a file, and so does bind with a Unix socket; it stays until unlink removes "
        "it.",
        "stat says that the path is a FIFO or socket, after the program has ended.",
        "Call os.unlink on its path when nobody needs it any more, in a `finally` block.",
        f"{_NAMED}#a-pipe-with-a-name",
    ),
    # -- time and limits ---------------------------------------------------------------------------
    "infinite-loop": Entry(
        "A loop does not end",
        "The process used the processor all the time and made no system call that got anywhere.",
        "The processor time in /proc/PID/stat and schedstat grows as fast as the clock, while the "
        "counters of /proc/PID/io stand still.",
        "Find what should end the loop, and make every turn come nearer to it.",
        _LIMITS,
    ),
    "busy-wait": Entry(
        "Waiting by asking again and again",
        "The process calls read (or poll) over and over although it brings nothing: at end-of-file "
        "read returns b'' at once, every time. A loop must stop there, or block, instead.",
        "In /proc/PID/io the number of read calls (syscr) grows while the bytes they bring (rchar) "
        "do not; or it is seen in polling calls again and again.",
        "Leave the loop at b''; wait in a call that blocks (read, poll without a time limit, "
        "waitpid without WNOHANG) instead of asking.",
        f"{_NAMED}#writers-come-and-go",
    ),
    "no-progress": Entry(
        "The time was over and nothing had moved",
        "The run did not end in its time. No closed circle of waits was found; the explanation "
        "says what each process was doing.",
        "/proc/PID/syscall names the call in which each process waits.",
        "Look at the lines that the explanation names, and ask what they wait for and who could "
        "end that.",
        _LIMITS,
    ),
    "memory-limit": Entry(
        "Too much memory",
        "The process asked for more memory than the limit allows.",
        "mmap or brk fails with ENOMEM because of RLIMIT_AS; VmPeak in /proc/PID/status tells how "
        "far it came.",
        "Work on one piece at a time instead of keeping everything.",
        _LIMITS,
    ),
    "output-flood": Entry(
        "Too much output",
        "The program wrote more than the limit allows.",
        "More bytes than the limit came through the pipes of standard output and standard error.",
        "Look for a loop that prints and does not end.",
        _LIMITS,
    ),
    "file-size-limit": Entry(
        "A file grew too large",
        "A file would have grown beyond the limit.",
        "write or ftruncate fails with EFBIG, or SIGXFSZ ends the process (RLIMIT_FSIZE).",
        "Look for a loop that writes and does not end, or for a size or offset that is too large.",
        _LIMITS,
    ),
    "cpu-limit": Entry(
        "Too much processor time",
        "The process used more processor time than the limit allows.",
        "SIGXCPU ends the process (RLIMIT_CPU).",
        "Look for a loop that does not end.",
        _LIMITS,
    ),
}
