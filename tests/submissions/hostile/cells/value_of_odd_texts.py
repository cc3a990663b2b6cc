"""Returns and prints texts that are no Unicode, control a terminal, or look like markup."""

import sys


def seal(text):
    odd = "\ud800\0\x1b]0;title\x07\x1b[2J</pre><script>alert(1)</script>\u202e"
    sys.stdout.buffer.write(odd.encode("utf-8", "surrogatepass") * 50)
    return odd
