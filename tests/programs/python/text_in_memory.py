"""A text that is built in memory and thrown away was never meant to be written."""

import io
import os

if os.fork() == 0:
    text = io.StringIO()
    print("only for a look", file=text)
    os._exit(0 if len(text.getvalue()) == 16 else 1)
print(os.wait()[1])
