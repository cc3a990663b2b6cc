"""Reads all of stdout, then all of stderr; the program writes a lot to stderr first."""

import subprocess
import sys

program = "import sys; sys.stderr.write('problem\\n' * 20_000); print('done')"
p = subprocess.Popen(
    [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
)
out = p.stdout.read()
err = p.stderr.read()
p.wait()
print(len(out), len(err))
