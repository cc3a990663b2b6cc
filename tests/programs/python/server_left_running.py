"""Starts a server in its own session and forgets it."""

import subprocess
import sys

server = subprocess.Popen(
    [sys.executable, "-c", "import time; time.sleep(30)"],
    stdin=subprocess.DEVNULL,
    start_new_session=True,
)
print("server started")
