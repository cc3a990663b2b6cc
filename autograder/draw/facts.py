"""Evidence of a finding, taken with care: any key may be missing, none is believed blindly."""

from autograder.checks import Finding

PAGE = 4096
_MOST = 1 << 63  # no amount that the kernel tells is larger


def number(finding: Finding, key: str) -> int | None:
    """A whole number that is not negative, or None."""
    value = finding.evidence.get(key)
    if isinstance(value, float) and value >= 0 and value == value // 1:
        value = int(value)
    return value if type(value) is int and 0 <= value <= _MOST else None


def string(finding: Finding, key: str) -> str:
    """A text, decoded when it is bytes; empty when it is missing."""
    value = finding.evidence.get(key)
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value if isinstance(value, str) else ""


def process(finding: Finding, key: str = "pid") -> str:
    """'process 101', or 'the process' where its number is not known."""
    pid = number(finding, key)
    return f"process {pid}" if pid else "the process"


def pages(size: int) -> int:
    """How many pages `size` bytes take."""
    return -(-size // PAGE)
