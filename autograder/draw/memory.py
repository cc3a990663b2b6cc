"""Mapped memory and the file behind it: what is there, what is past its end, what was copied."""

from autograder.checks import Finding, Run
from autograder.draw import facts
from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish
from autograder.draw.facts import PAGE
from autograder.draw.lettering import bytes_in_words, shorten
from autograder.draw.strips import Look, Segment, draw_strip, sketch_strip

WIDTH = 760
_LEFT, _STRIP = float(MARGIN), float(WIDTH - 2 * MARGIN)


def draw_bus_error(run: Run, finding: Finding) -> Drawing | None:
    """A mapping along its file: the bytes, the zeros behind them, the pages past the end.

    Reads `path`, `file_size`, `mapped` (both bytes) and `address`; without sizes the three parts
    are shown without numbers.
    """
    size, mapped = facts.number(finding, "file_size"), facts.number(finding, "mapped")
    segments = ruler(size, mapped)
    canvas = Canvas(WIDTH)
    name = _file(finding)
    title = f"What {facts.process(finding)} mapped, along {name}"
    canvas.text(_LEFT, MARGIN + 12, f"{title}:", _STRIP, bold=True)
    bottom = draw_strip(canvas, _LEFT, MARGIN + 22, _STRIP, segments)
    words = [f"{segment.name}: {', '.join(segment.notes)}" for segment in segments]
    if address := _address(finding):
        words.append(f"The address that was touched: {address}")
        canvas.text(_LEFT, bottom + 16, words[-1], _STRIP)
    return finish(title, canvas, words, sketch_strip(segments))


def ruler(size: int | None, mapped: int | None) -> list[Segment]:
    """Bytes of the file, the zero rest of its last page, and the pages beyond it.

    `size` of the file and `mapped`, in bytes, are None where they are not known.
    """
    error = "touching them is SIGBUS"
    if size is None or mapped is None:
        return [
            Segment("bytes of the file", ("read and written",), Look.DATA),
            Segment("rest of the page", ("zeros; never in the file",), Look.ZERO),
            Segment("pages past the end", ("mapped, but no file behind", error), Look.WRONG),
        ]
    inside = min(size, mapped)
    tail = min(mapped, facts.pages(size) * PAGE) - inside
    beyond = max(0, mapped - facts.pages(size) * PAGE)
    count = facts.pages(beyond)
    segments = []
    if inside:
        segments.append(Segment("bytes of the file", (bytes_in_words(inside),), Look.DATA, inside))
    if tail > 0:
        note = f"{bytes_in_words(tail)}, zero"
        segments.append(Segment("rest of the page", (note,), Look.ZERO, tail))
    if beyond:
        what = f"{count:,} page" + ("s" if count > 1 else "")
        notes = (f"{what}, {bytes_in_words(beyond)}", error)
        segments.append(Segment("past the end", notes, Look.WRONG, beyond))
    return segments or [Segment("an empty file", (), Look.ZERO)]


def draw_segmentation_fault(run: Run, finding: Finding) -> Drawing | None:
    """The kinds of memory of a process, and which of them end it. Reads `address`."""
    segments = [
        Segment("mapped", ("may be read and written",), Look.DATA),
        Segment("mapped read-only", ("a write is SIGSEGV",), Look.MARKED),
        Segment("not mapped", ("any use is SIGSEGV", "also after munmap, detach"), Look.WRONG),
    ]
    canvas = Canvas(WIDTH)
    who = facts.process(finding)
    canvas.text(_LEFT, MARGIN + 12, f"The addresses of {who}:", _STRIP, bold=True)
    bottom = draw_strip(canvas, _LEFT, MARGIN + 22, _STRIP, segments)
    words = [f"{segment.name}: {', '.join(segment.notes)}" for segment in segments]
    if address := _address(finding):
        words.append(f"The address that was touched: {address}")
        canvas.text(_LEFT, bottom + 16, words[-1], _STRIP)
    return finish(f"The addresses of {who}", canvas, words, sketch_strip(segments))


def draw_private_mapping(run: Run, finding: Finding) -> Drawing | None:
    """The shared bytes above, the private copies below them, and no way back up.

    Reads `pid`, `path` (None: anonymous memory), `length` and `copied` (bytes).
    """
    length, copied = facts.number(finding, "length"), facts.number(finding, "copied")
    file = facts.string(finding, "path")
    above = f"file {shorten(file.rpartition('/')[2], 24)}" if file else "anonymous memory"
    who = facts.process(finding)
    unchanged = f"no write of {who} came here"
    notes = (bytes_in_words(length) + " mapped", unchanged) if length else (unchanged,)
    amount = f"{bytes_in_words(copied)} copied" if copied else "a copy of each page written"
    top = MARGIN + 8.0
    canvas = Canvas(WIDTH)
    left = _LEFT + 200
    canvas.text(_LEFT, top + 26, "What others see", 190, bold=True)
    below = draw_strip(canvas, left, top, _STRIP - 200, [Segment(above, notes, Look.DATA)]) + 40
    middle = left + 90
    canvas.line((middle, below), (middle, below - 34), Tone.WRONG, dashed=True, thick=2.4)
    canvas.cross(middle, below - 44, 6)
    canvas.text(middle + 18, below - 18, "MAP_PRIVATE: writes stay below", 400)
    canvas.text(_LEFT, below + 26, f"What {who} sees", 190, bold=True)
    own = Segment("private copies", (amount,), Look.MARKED)
    draw_strip(canvas, left, below, (_STRIP - 200) / 2, [own])
    words = [
        f"What others see: {above}: {', '.join(notes)}",
        f"What {who} sees: private copies: {amount}",
        "MAP_PRIVATE: writes stay in the copies, and never reach what others see",
    ]
    art = [*sketch_strip([Segment(above, (), Look.DATA)])[:-1], "      ✗", "      ┊"]
    art += [*sketch_strip([own, Segment("", (), Look.GONE)])[:-1], ""]
    return finish("Private copies beside what is shared", canvas, words, art)


def _file(finding: Finding) -> str:
    path = facts.string(finding, "path")
    return f"file {shorten(path.rpartition('/')[2], 32)}" if path else "its file"


def _address(finding: Finding) -> str:
    address = facts.number(finding, "address")
    return "" if address is None else f"{address:#x}"
