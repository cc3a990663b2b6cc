"""Wants only the exit code of a noisy program, and its errors when the code is not 0."""

import subprocess
import sys

NOISY = "import sys; sys.stderr.write('warning: unused\\n' * 20000); sys.exit(1)"
process = subprocess.Popen([sys.executable, "-c", NOISY], stderr=subprocess.PIPE)
code = process.wait()
if code != 0:
    print(len(process.stderr.read().splitlines()), "warnings")
