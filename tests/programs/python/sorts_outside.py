"""A large sort by sort(1), fed and read by communicate()."""

import random
import subprocess

random.seed(5)
numbers = [random.randrange(10**6) for _ in range(60_000)]
data = "\n".join(map(str, numbers)).encode()
sort = subprocess.Popen(["sort", "-n"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
out, _ = sort.communicate(data)
print([int(line) for line in out.split()] == sorted(numbers), sort.returncode)
