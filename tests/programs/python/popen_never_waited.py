import subprocess
import time

player = subprocess.Popen(["true"])
time.sleep(0.4)
print("end of the program")
