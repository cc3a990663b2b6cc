"""Nobody calls wait(), but the end of the interpreter asks for the exit code, which reaps."""

import subprocess
import time

player = subprocess.Popen(["true"])
time.sleep(0.4)
print("end of the program")
