"""Closes every descriptor of its interpreter, and fills the freed numbers with others."""

import os


def seal(text):
    os.closerange(0, 1 << 20)
    return ""


os.closerange(0, 1 << 16)
for _ in range(64):
    os.open("/dev/zero", os.O_RDWR)
