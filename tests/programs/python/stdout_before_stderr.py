"""Reads all of stdout, then all of stderr; the program writes a lot to stderr first."""

import subprocess
import sys

program = "import sys\nfor i in range(9000): print('problem', i, file=sys.stderr)\nprint('done')"
p = subprocess.Popen(
    [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
)
out = p.stdout.read()
err = p.stderr.read()
p.wait()
print(len(out), len(err))
