"""cat waits for the end of its input, we wait for cat."""

import subprocess

cat = subprocess.Popen(["cat"], stdin=subprocess.PIPE, text=True)
cat.stdin.write("hello\n")
cat.stdin.flush()
print("exit", cat.wait())
