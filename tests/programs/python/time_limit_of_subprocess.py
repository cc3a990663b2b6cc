"""A command that takes too long is stopped, as subprocess offers it."""

import subprocess

try:
    subprocess.run(["sleep", "30"], timeout=0.5, check=True)
except subprocess.TimeoutExpired as error:
    print("stopped after", round(error.timeout, 1))
result = subprocess.run(["sh", "-c", "kill -9 $$"], check=False)
print(result.returncode)
