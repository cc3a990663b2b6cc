"""There is a module for that.

Explanation: subprocess
"""

import subprocess


def pipe_two(left, right):
    with subprocess.Popen(left, stdout=subprocess.PIPE) as producer:
        done = subprocess.run(right, stdin=producer.stdout, capture_output=True, check=False)
        print(done.stdout.decode(), end="")
    return producer.returncode, done.returncode
