import subprocess
import time

grep = subprocess.Popen(
    ["grep", "-q", "--no-such-option"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
)
time.sleep(0.3)
for i in range(100):
    grep.stdin.write(b"line %d\n" % i)
    grep.stdin.flush()
grep.stdin.close()
print(grep.wait())
