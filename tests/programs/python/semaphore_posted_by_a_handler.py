"""Waits for a semaphore that a signal handler posts."""

import signal
import threading

done = threading.Semaphore(0)


def on_alarm(signum, frame):
    done.release()


signal.signal(signal.SIGALRM, on_alarm)
signal.setitimer(signal.ITIMER_REAL, 0.6)
done.acquire()
print("rung")
