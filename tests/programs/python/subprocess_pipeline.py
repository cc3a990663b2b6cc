"""seq | grep | wc, joined by hand with Popen, parent's copies closed."""

import subprocess

seq = subprocess.Popen(["seq", "1", "20000"], stdout=subprocess.PIPE)
grep = subprocess.Popen(["grep", "7"], stdin=seq.stdout, stdout=subprocess.PIPE)
seq.stdout.close()
wc = subprocess.Popen(["wc", "-l"], stdin=grep.stdout, stdout=subprocess.PIPE, text=True)
grep.stdout.close()
print(wc.communicate()[0].strip(), [p.wait() for p in (seq, grep, wc)])
