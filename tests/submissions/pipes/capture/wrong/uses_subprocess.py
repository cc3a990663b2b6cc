"""subprocess.run(capture_output=True) does exactly this.

Explanation: subprocess
"""

import subprocess


def capture(argv, data):
    try:
        done = subprocess.run(argv, input=data, capture_output=True, check=False)
    except FileNotFoundError:
        return 127, b"", b""
    return done.returncode, done.stdout, done.stderr
