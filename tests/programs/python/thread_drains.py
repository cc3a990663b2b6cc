"""The main thread waits for the child; another thread reads what it says."""

import subprocess
import threading

lines = []
child = subprocess.Popen(["sh", "-c", "seq 1 30000; sleep 0.5"], stdout=subprocess.PIPE)
drain = threading.Thread(target=lambda: lines.extend(child.stdout))
drain.start()
code = child.wait()
drain.join()
print(code, len(lines))
