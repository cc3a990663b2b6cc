"""Text that may come from anywhere, made fit to be drawn and printed.

Names of commands and files are chosen by the program under test. In a picture they must be no
character that XML forbids, in a terminal none that moves the cursor, turns the writing direction
or sets colours, and in both no more than fits.
"""

import re
import unicodedata

from rich.cells import cell_len

COLUMNS = 80
_MOST_MARKS = 3
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]{}` "), frozenset("mwMW@%—…")
_EM_NARROW, _EM_NORMAL, _EM_CAPITAL, _EM_WIDE, _BOLD = 0.42, 0.64, 0.76, 1.0, 1.1


def clean(text: str, keep: str = "") -> str:
    """The text with every control, format and unassigned character (but `keep`) made visible.

    So are marks that pile up on one letter: a tower of them would cover what is above and below.
    """
    found, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        hidden = unicodedata.category(letter) in _UNSEEN or marks > _MOST_MARKS
        found.append(f"\\x{ord(letter):02x}" if hidden and letter not in keep else letter)
    return "".join(found)


def shorten(text: str, cells: int) -> str:
    """The cleaned text, cut to at most `cells` columns of a terminal."""
    text = clean(text[: 4 * cells])
    if cell_len(text) <= cells:
        return text
    while cell_len(text) > cells - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def fit(text: str, pixels: float, size: float, bold: bool = False) -> str:
    """The cleaned text, cut to at most `pixels` in a sans-serif font of that size."""
    text = clean(text[:400])
    if extent(text, size, bold) <= pixels:
        return text
    while text and extent(text + "…", size, bold) > pixels:
        text = text[:-1]
    return text.rstrip() + "…"


def extent(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is at most, in pixels: no font is asked, the widest usual one is assumed."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1.0)


def _em(letter: str) -> float:
    if letter in _NARROW:
        return _EM_NARROW
    if letter in _WIDE:
        return _EM_WIDE
    if cell_len(letter) > 1:
        return 1.2
    return _EM_CAPITAL if letter.isupper() or not letter.isascii() else _EM_NORMAL


def fold(text: str, pixels: float, size: float) -> list[str]:
    """The cleaned text, broken at blanks into lines of at most `pixels`."""
    lines: list[str] = []
    for word in clean(text[:400]).split():
        if lines and extent(f"{lines[-1]} {word}", size) <= pixels:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def wrap(line: str, columns: int = COLUMNS) -> list[str]:
    """A line broken at blanks to at most `columns`, further lines indented a little more."""
    indent = line[: len(line) - len(line.lstrip())]
    lines, current = [], indent
    for word in re.findall(r"\S+", line):
        for piece in _pieces(word, columns - len(indent) - 2):
            gap = "" if not current.strip() else " "
            if cell_len(current + gap + piece) > columns:
                lines.append(current)
                current, gap = indent + "  ", ""
            current += gap + piece
    return [*lines, current] if current.strip() else lines


def _pieces(word: str, columns: int) -> list[str]:
    """A word in pieces that fit a line; nearly always one."""
    pieces, current = [], ""
    for letter in word:
        if cell_len(current + letter) > columns:
            pieces.append(current)
            current = ""
        current += letter
    return [*pieces, current]


def bytes_in_words(count: int) -> str:
    """'1 byte', '65,536 bytes'."""
    return f"{count:,} byte" + ("" if count == 1 else "s")
