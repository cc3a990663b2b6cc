"""Programs of one function each: with a fault, or looking like one. Run by several tests."""

import fcntl
import multiprocessing
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time

import sysv_ipc


def reader_keeps_own_write_end() -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b"x")
    while os.read(read_end, 10):
        pass


def child_reader_keeps_own_write_end() -> None:
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        while os.read(read_end, 10):
            pass
        os._exit(0)
    os.close(write_end)
    os.close(read_end)
    os.wait()


def two_readers_keep_write_ends() -> None:
    read_end, write_end = os.pipe()
    for _ in range(2):
        if os.fork() == 0:
            os.read(read_end, 1)
            os._exit(0)
    os.close(read_end)
    os.close(write_end)
    os.wait()
    os.wait()


def polling_reader_keeps_own_write_end() -> None:
    read_end, write_end = os.pipe()
    poll = select.poll()
    poll.register(read_end, select.POLLIN)
    poll.poll()
    os.close(write_end)


def parent_keeps_write_end_and_waits() -> None:
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.close(write_end)
        while os.read(read_end, 10):
            pass
        os._exit(0)
    os.close(read_end)
    os.write(write_end, b"x")
    os.wait()


def parent_keeps_write_end_of_exec_child() -> None:
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(read_end, 0)
        os.execvp("cat", ["cat"])
    os.close(read_end)
    os.waitpid(pid, 0)
    os.close(write_end)


def sibling_keeps_write_end() -> None:
    read_end, write_end = os.pipe()
    reader = os.fork()
    if reader == 0:
        os.close(write_end)
        os.read(read_end, 10)
        os._exit(0)
    os.close(read_end)
    os.waitpid(reader, 0)


def wait_before_drain() -> None:
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.close(read_end)
        os.write(write_end, b"x" * 100_000)
        os._exit(0)
    os.close(write_end)
    os.wait()
    os.read(read_end, 100_000)


def wait_before_drain_of_subprocess() -> None:
    child = subprocess.Popen(["seq", "100000"], stdout=subprocess.PIPE)
    child.wait()


def wait_before_drain_of_a_loop() -> None:
    _, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        for _ in range(1000):
            os.write(write_end, b"y" * 200)
        os._exit(0)
    os.close(write_end)
    os.waitpid(pid, 0)


def both_read_first() -> None:
    there, back = os.pipe(), os.pipe()
    if os.fork() == 0:
        os.close(there[1])
        os.close(back[0])
        os.read(there[0], 1)
        os.write(back[1], b"x")
        os._exit(0)
    os.close(there[0])
    os.close(back[1])
    os.read(back[0], 1)
    os.write(there[1], b"y")
    os.wait()


def both_write_much() -> None:
    there, back = os.pipe(), os.pipe()
    if os.fork() == 0:
        os.write(back[1], b"x" * 200_000)
        os.read(there[0], 200_000)
        os._exit(0)
    os.write(there[1], b"y" * 200_000)
    os.read(back[0], 200_000)
    os.wait()


def filter_fed_before_it_is_read() -> None:
    child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdin.write(b"z" * 1_000_000)
    child.stdin.close()
    child.stdout.read()
    child.wait()


def both_read_from_a_socket_pair() -> None:
    left, right = socket.socketpair()
    if os.fork() == 0:
        left.close()
        right.recv(1)
        os._exit(0)
    right.close()
    left.recv(1)
    os.wait()


def socket_reader_keeps_both_ends() -> None:
    left, right = socket.socketpair()
    left.sendall(b"x")
    while right.recv(10):
        pass


def ring_of_three() -> None:
    pipes = [os.pipe() for _ in range(3)]
    for i in range(3):
        if os.fork() == 0:
            os.read(pipes[i][0], 1)
            os.write(pipes[(i + 1) % 3][1], b"x")
            os._exit(0)
    for read_end, write_end in pipes:
        os.close(read_end)
        os.close(write_end)
    for _ in range(3):
        os.wait()


def fifos_opened_in_opposite_orders() -> None:
    os.mkfifo("one")
    os.mkfifo("two")
    if os.fork() == 0:
        with open("two", "rb"), open("one", "wb"):
            os._exit(0)
    with open("one", "rb"), open("two", "wb"):
        os.wait()


def fifo_opened_by_one_alone() -> None:
    os.mkfifo("mail")
    os.open("mail", os.O_WRONLY)


def fifo_reader_waited_for() -> None:
    os.mkfifo("mail")
    pid = os.fork()
    if pid == 0:
        os.open("mail", os.O_RDONLY)
        os._exit(0)
    os.waitpid(pid, 0)
    os.open("mail", os.O_WRONLY)


def semaphores_in_opposite_orders() -> None:
    pair = [sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=1) for _ in range(2)]
    for order in (pair, pair[::-1]):
        if os.fork() == 0:
            order[0].acquire()
            time.sleep(0.2)
            order[1].acquire()
            os._exit(0)
    for _ in pair:
        os.wait()


def file_locks_in_opposite_orders() -> None:
    for names in ("ab", "ba"):
        if os.fork() == 0:
            first, second = (os.open(name, os.O_RDWR | os.O_CREAT, 0o600) for name in names)
            fcntl.flock(first, fcntl.LOCK_EX)
            time.sleep(0.2)
            fcntl.flock(second, fcntl.LOCK_EX)
            os._exit(0)
    for _ in range(2):
        os.wait()


def semaphore_left_at_zero() -> None:
    semaphore = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX)
    semaphore.acquire()


def semaphore_of_a_dead_holder() -> None:
    semaphore = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=1)
    pid = os.fork()
    if pid == 0:
        semaphore.acquire()
        os._exit(0)
    os.waitpid(pid, 0)
    semaphore.acquire()


def shared_lock_never_released() -> None:
    lock = multiprocessing.get_context("fork").Lock()
    lock.acquire()
    if os.fork() == 0:
        lock.acquire()
        os._exit(0)
    os.wait()


def message_never_sent() -> None:
    queue = sysv_ipc.MessageQueue(None, sysv_ipc.IPC_CREX)
    if os.fork() == 0:
        queue.receive()
        os._exit(0)
    os.wait()


def never_waits() -> None:
    if os.fork() == 0:
        os._exit(0)
    time.sleep(0.1)


def waits_for_one_of_two() -> None:
    for _ in range(2):
        if os.fork() == 0:
            os._exit(0)
    os.wait()
    time.sleep(0.1)


def waits_without_patience() -> None:
    pid = os.fork()
    if pid == 0:
        time.sleep(0.02)
        os._exit(0)
    os.waitpid(pid, os.WNOHANG)
    time.sleep(0.2)


def program_never_waits() -> int:
    code = "import os, time; os.fork() or os._exit(0); time.sleep(0.2); os._exit(0)"
    return subprocess.run([sys.executable, "-I", "-c", code], check=True).returncode


def leaves_a_sleeper() -> None:
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)


def leaves_a_grandchild() -> None:
    pid = os.fork()
    if pid == 0:
        if os.fork() == 0:
            os.setsid()
            signal.pause()
        os._exit(0)
    os.waitpid(pid, 0)


def leaves_a_loop() -> None:
    if os.fork() == 0:
        while True:
            pass


def reads_the_write_end() -> None:
    _, write_end = os.pipe()
    os.read(write_end, 1)


def writes_the_read_end() -> None:
    read_end, _ = os.pipe()
    os.write(read_end, b"x")


def child_uses_a_closed_end() -> None:
    read_end, write_end = os.pipe()
    os.close(write_end)
    if os.fork() == 0:
        os.write(write_end, b"x")
        os._exit(0)
    os.wait()
    os.close(read_end)


def writes_without_a_reader() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    os.write(write_end, b"x")


def dies_of_sigpipe() -> None:
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    writes_without_a_reader()


def child_writes_without_a_reader() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    if os.fork() == 0:
        os.write(write_end, b"x")
        os._exit(0)
    os.wait()


def falls_out_of_its_branch() -> str:
    if os.fork() == 0:
        print("child")
    else:
        os.wait()
    return "done"


def computes_forever() -> None:
    while True:
        pass


def child_computes_forever() -> None:
    if os.fork() == 0:
        computes_forever()
    os.wait()


def formats_forever() -> None:
    while True:
        str(10**100)


def spins_at_end_of_file() -> None:
    read_end, write_end = os.pipe()
    os.close(write_end)
    while True:
        os.read(read_end, 1)


def spins_on_eagain() -> None:
    read_end, _ = os.pipe()
    os.set_blocking(read_end, False)
    while True:
        try:
            os.read(read_end, 1)
        except BlockingIOError:
            continue


def spins_on_waitpid() -> None:
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    while os.waitpid(-1, os.WNOHANG) == (0, 0):
        pass


def sleeps_too_long() -> None:
    time.sleep(60)


def two_children_stuck_one_alive() -> None:
    there, back = os.pipe(), os.pipe()
    for mine, other in ((there, back), (back, there)):
        if os.fork() == 0:
            os.close(mine[1])
            os.close(other[0])
            os.read(mine[0], 1)
            os._exit(0)
    for end in (*there, *back):
        os.close(end)
    time.sleep(60)


# -- correct, and easily taken for one of the above ------------------------------------------------


def slow_writer() -> bytes:
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.close(read_end)
        time.sleep(0.6)
        os.write(write_end, b"late")
        os._exit(0)
    os.close(write_end)
    data = os.read(read_end, 10)
    os.wait()
    return data


def semaphore_released_late() -> str:
    semaphore = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX)
    if os.fork() == 0:
        time.sleep(0.5)
        semaphore.release()
        os._exit(0)
    semaphore.acquire()
    os.wait()
    semaphore.remove()
    return "acquired"


def file_lock_given_back_late() -> str:
    mine = os.open("lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(mine, fcntl.LOCK_EX)
    if os.fork() == 0:
        other = os.open("lock", os.O_RDWR)
        os.close(mine)
        fcntl.flock(other, fcntl.LOCK_EX)
        os._exit(0)
    time.sleep(0.5)
    os.close(mine)
    os.wait()
    return "given back"


def message_sent_late() -> bytes:
    queue = sysv_ipc.MessageQueue(None, sysv_ipc.IPC_CREX)
    if os.fork() == 0:
        time.sleep(0.5)
        queue.send(b"late")
        os._exit(0)
    data, _ = queue.receive()
    os.wait()
    queue.remove()
    return data


def fifo_opened_late() -> bytes:
    os.mkfifo("mail")
    if os.fork() == 0:
        time.sleep(0.6)
        with open("mail", "wb") as stream:
            stream.write(b"late")
        os._exit(0)
    with open("mail", "rb") as stream:
        data = stream.read()
    os.wait()
    os.unlink("mail")
    return data


def socket_answered_late() -> bytes:
    left, right = socket.socketpair()
    if os.fork() == 0:
        left.close()
        time.sleep(0.6)
        right.sendall(b"late")
        os._exit(0)
    right.close()
    data = left.recv(10)
    os.wait()
    return data


def pipe_end_waits_in_a_socket() -> bytes:
    left, right = socket.socketpair()
    read_end, write_end = os.pipe()
    socket.send_fds(left, [b"."], [write_end])
    os.close(write_end)
    signal.signal(signal.SIGALRM, lambda *_: None)
    if os.fork() == 0:
        time.sleep(0.5)
        _, fds, _, _ = socket.recv_fds(right, 1, 1)
        os.write(fds[0], b"sent")
        os._exit(0)
    data = os.read(read_end, 10)
    os.wait()
    return data


def slow_reader() -> int:
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.close(write_end)
        time.sleep(0.6)
        while os.read(read_end, 65536):
            pass
        os._exit(0)
    os.close(read_end)
    written = os.write(write_end, b"x" * 100_000)
    os.close(write_end)
    os.wait()
    return written


def woken_by_a_handled_alarm() -> str:
    class Late(Exception):
        pass

    def ring(*_: object) -> None:
        raise Late

    read_end, _ = os.pipe()
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.6)
    try:
        os.read(read_end, 1)
    except Late:
        return "rung"
    return "data"


def child_ended_by_its_alarm() -> int:
    read_end, _ = os.pipe()
    pid = os.fork()
    if pid == 0:
        signal.setitimer(signal.ITIMER_REAL, 0.6)
        os.read(read_end, 1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def writer_ended_by_its_alarm() -> int:
    _, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        signal.alarm(1)
        os.write(write_end, b"x" * 100_000)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def program_ended_by_its_alarm() -> int:
    code = "import os, signal; r, w = os.pipe(); signal.alarm(1); os.read(r, 1)"
    return subprocess.run([sys.executable, "-I", "-c", code], check=False).returncode


def parent_kills_a_stuck_child() -> int:
    read_end, _ = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.read(read_end, 1)
    time.sleep(0.5)
    os.kill(pid, signal.SIGTERM)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def poll_with_a_time_limit() -> list[object]:
    read_end, _ = os.pipe()
    return select.select([read_end], [], [], 0.6)[0]


def thread_writes_to_own_pipe() -> bytes:
    read_end, write_end = os.pipe()

    def feed() -> None:
        time.sleep(0.5)
        os.write(write_end, b"fed")

    thread = threading.Thread(target=feed)
    thread.start()
    data = os.read(read_end, 10)
    thread.join()
    return data


def end_travels_through_a_socket() -> bytes:
    left, right = socket.socketpair()
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        socket.send_fds(left, [b"."], [write_end])
        os._exit(0)
    os.close(write_end)
    os.wait()
    pid = os.fork()
    if pid == 0:
        time.sleep(0.5)
        _, fds, _, _ = socket.recv_fds(right, 1, 1)
        os.write(fds[0], b"sent")
        os._exit(0)
    data = os.read(read_end, 10)
    os.waitpid(pid, 0)
    return data


def yes_into_head() -> bytes:
    return subprocess.run("yes | head -n 2", shell=True, capture_output=True, check=True).stdout


def handled_broken_pipe() -> str:
    try:
        writes_without_a_reader()
    except BrokenPipeError:
        return "nobody reads"
    return "?"


def handled_bad_descriptor() -> str:
    try:
        reads_the_write_end()
    except OSError:
        return "wrong end"
    return "?"


def closes_a_whole_range() -> str:
    pid = os.fork()
    if pid == 0:
        os.closerange(3, 1_000_000)
        for fd in range(3, 64):
            try:
                os.close(fd)
            except OSError:
                continue
        os._exit(0)
    os.waitpid(pid, 0)
    return "closed"


def closes_everything_itself() -> str:
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    return "still here"


def children_reaped_automatically() -> str:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    if os.fork() == 0:
        os._exit(0)
    time.sleep(0.1)
    return "ok"


def child_ends_just_after() -> str:
    if os.fork() == 0:
        time.sleep(0.15)
        os._exit(0)
    return "first"


def child_exits_with_sys_exit() -> int:
    pid = os.fork()
    if pid == 0:
        sys.exit(3)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def communicates_with_much_data() -> int:
    data = b"q" * 300_000
    return len(subprocess.run(["cat"], input=data, capture_output=True, check=True).stdout)


def long_computation() -> int:
    end = time.monotonic() + 0.8
    count = 0
    while time.monotonic() < end:
        count += 1
    return 1


# -- for the table's programs that are run within limits ------------------------------------------


def becomes(path: str, command: list[str]) -> None:
    """Be the program of the file `path`."""
    os.chmod(path, 0o700)
    os.execvp(command[0], command)


def forks_for_ever() -> None:
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(0.01)


def child_returns_after_its_work() -> int:
    """The child has an `if`, the rest of the function is the parent's, and both run it."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(write_end, b"result")
        os.close(write_end)
    else:
        os.waitpid(pid, 0)
    return len(os.read(read_end, 6)) if pid else 0


def exec_fails_and_child_goes_on() -> str:
    """A failed exec raises; the handler reports it, and the child runs on."""
    pid = os.fork()
    if pid == 0:
        try:
            os.execvp("no-such-program", ["no-such-program"])
        except FileNotFoundError:
            print("not found")
    if pid:
        os.waitpid(pid, 0)
    return "finished"


def children_leave_the_loop_late() -> int:
    """Children of a loop break out of it, and fall through to the end of the function."""
    children = []
    for number in range(2):
        pid = os.fork()
        if pid == 0:
            break
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)
    return len(children)


def child_ends_in_finally() -> str:
    """The child leaves by os._exit in a `finally`, whatever happens in between."""
    pid = os.fork()
    if pid == 0:
        try:
            raise ValueError("not for the parent")
        finally:
            os._exit(4)
    return f"child {os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}"


def child_becomes_another_program() -> int:
    pid = os.fork()
    if pid == 0:
        os.execvp("true", ["true"])
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def child_of_multiprocessing() -> list[int]:
    """multiprocessing's children return from their function; the library ends them."""
    context = multiprocessing.get_context("fork")
    with context.Pool(2) as pool:
        return pool.map(abs, [-1, 2])
