"""Whatever a program is called and however many there are: bounded, escaped, readable."""

from typing import Any

import pytest
from looks import parse, texts

from autograder.checks import CATALOGUE, Finding
from autograder.checks.running import record_of
from autograder.draw import draw_finding, explain_id
from autograder.draw.canvas import Tone
from autograder.draw.lettering import COLUMNS, clean, shorten, wrap
from autograder.observe import Descriptor, Process, Snapshot, Task, Wait, WaitKind, analyse
from autograder.observe.descriptors import Kind
from autograder.observe.waits import Interest
from autograder.sandbox import Evidence, Limits, Picture

NASTY = (
    "<script>alert(1)</script>",
    "\x1b[31mred\x1b]0;title\x07",
    "]]>&amp;\"'",
    "\u202eevil\u200b\ud800\x00",
    "W" * 4000,
    "漢字" * 2000,
    "e" + "\u0301" * 3000,
    "a\nb\rc\td",
)


def hostile(name: str, processes: int, ends: int) -> Evidence:
    """Processes that all read the first of many pipes, to which all of them could write."""
    everybody = {}
    for number in range(processes):
        pid = 1000 + number
        entries = [
            Descriptor(3 + 2 * end + way, f"pipe:[{end}]", Kind.PIPE, "rw"[way], f"pipe:[{end}]")
            for end in range(ends)
            for way in (0, 1)
        ]
        entries.append(Descriptor(900, f"/w/{name}", Kind.FIFO, "r", f"fifo:[{name}]"))
        wait = Wait("read", WaitKind.READ, (Interest(3 + 2 * (number % ends), "r"),))
        parent = 1000 if number else 1
        command = f"{name}{number % 3}"
        tasks = (Task(pid, "S", wait),)
        everybody[pid] = Process(
            pid, pid, parent, command, (name,), "S", tasks, tuple(entries), 0, 0, False
        )
    snapshot = Snapshot(everybody)
    evidence = Evidence(first=1000, first_inner=1000)
    evidence.stuck = Picture(snapshot, name)
    evidence.analysis = analyse(snapshot, untimed=frozenset(everybody))
    evidence.seen = {pid: (pid, p.parent, p.command, "S") for pid, p in everybody.items()}
    evidence.zombies = dict.fromkeys(list(everybody)[1:300], (1000, name))
    return evidence


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("identity", CATALOGUE)
def test_hostile_names_are_escaped_and_bounded(identity: str, name: str) -> None:
    keys = ("path", "name", "text", "note", "unit", "call", "command", "channel", "kind")
    facts: dict[str, Any] = dict.fromkeys(keys, name)
    facts |= {
        "pid": 1001,
        "allowed": 1,
        "reached": 2,
        "errno": 9,
        "length": 1 << 62,
        "cpu_percent": 99,
    }
    record = record_of(name, hostile(name, 3, 3), Limits())
    drawing = draw_finding(record, Finding(identity, name, name, facts))
    assert drawing is not None
    parse(drawing)


@pytest.mark.parametrize("identity", ["circular-wait", "no-progress", "zombie", "fork-bomb"])
@pytest.mark.parametrize(("processes", "ends"), [(500, 2), (40, 40)])
def test_many_processes_and_descriptors_are_bounded(
    identity: str, processes: int, ends: int
) -> None:
    evidence = hostile("crowd", processes, ends)
    assert evidence.analysis is not None
    assert len(evidence.analysis.stuck) == processes
    record = record_of("f()", evidence, Limits())
    drawing = draw_finding(record, Finding(identity, "", "", {"pid": 1001}))
    assert drawing is not None
    root = parse(drawing)
    assert len(drawing.text.splitlines()) < 120
    assert any("more" in text or "alike" in text or "generation" in text for text in texts(root))


@pytest.mark.parametrize("tone", [tone for tone in Tone if tone is not Tone.INK])
@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
def test_tones_are_seen_on_white_and_on_dark_pages(tone: Tone, page: str) -> None:
    bright, dark = sorted((_luminance(tone.value), _luminance(page)), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 3.0  # WCAG 2.1, 1.4.11


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", NASTY)
def test_lettering_keeps_to_its_columns(name: str) -> None:
    from rich.cells import cell_len

    assert cell_len(shorten(name, 20)) <= 20
    for line in wrap("  " + clean(name), 40):
        assert cell_len(line) <= 40


def test_marks_do_not_pile_up() -> None:
    assert clean("e\u0301\u0301\u0301") == "e\u0301\u0301\u0301"
    assert clean("e" + "\u0301" * 5) == "e\u0301\u0301\u0301\\x301\\x301"


def test_wrapped_lines_keep_every_word_and_their_indentation() -> None:
    text = "  " + " ".join(f"word{number}" for number in range(40))
    lines = wrap(text, 50)
    assert " ".join(lines).split() == text.split()
    assert lines[0].startswith("  word0")
    assert all(line.startswith("    word") for line in lines[1:])


@pytest.mark.parametrize("identity", CATALOGUE)
def test_page_of_truth_is_told_within_80_columns(identity: str) -> None:
    page = explain_id(identity)
    assert all(len(line) <= COLUMNS for line in page.splitlines())
    words = " ".join(page.split())
    entry = CATALOGUE[identity]
    for part in (entry.title, entry.meaning, entry.seen, entry.mend, identity):
        assert part in words


def test_unknown_id_has_no_page() -> None:
    with pytest.raises(KeyError):
        explain_id("no-such-finding")
