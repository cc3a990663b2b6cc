"""Blocks and ignores all signals in its interpreter, and leaves a timer; its answer is right."""

import contextlib
import hashlib
import signal


def seal(text):
    return hashlib.sha256(f"{text[::-1]}|lecture".encode()).hexdigest()


signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
for number in signal.valid_signals():
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_IGN)
signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)
