import queue
import threading
import time

jobs, results = queue.Queue(maxsize=3), queue.SimpleQueue()


def work():
    while (job := jobs.get()) is not None:
        time.sleep(0.03)
        results.put(job * 2)


threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads:
    t.start()
for n in range(30):
    jobs.put(n)
for _ in threads:
    jobs.put(None)
for t in threads:
    t.join()
print(sum(results.get() for _ in range(30)))
