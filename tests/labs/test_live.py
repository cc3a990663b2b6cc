"""A picture's life: predict first, act, end with its page, its kernel, its successor."""

import os
import select
import signal
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat import v4

from autograder.labs import live, pulse
from autograder.labs.slots import PipeSlots
from autograder.observe.procfs import Vanished, descendants_of, read_stat

SVG = "{http://www.w3.org/2000/svg}"


def test_nothing_moves_before_a_prediction(show: Any) -> None:
    shown = show(PipeSlots)
    assert not any(each["enabled"] for each in shown.picture.actions)
    shown.picture.take({"kind": "do", "key": "write", "values": {"size": 10}})
    assert "0 of 65,536 bytes" in shown.look()
    shown.predict("")
    shown.predict("many")
    assert not shown.picture.predicted
    shown.predict("4")
    assert shown.picture.verdict.startswith("You predicted: 4. Now find out")
    shown.predict("5")
    assert shown.picture.predicted == "4", "a prediction stands"


def test_every_message_has_one_answer(show: Any) -> None:
    shown = show(PipeSlots)
    nonsense = [None, 7, [], {}, {"kind": "no"}, {"kind": "do"}, {"kind": "do", "values": 3}]
    for number, content in enumerate([*nonsense, {"kind": "look"}], 1):
        shown.picture.take(content)
        assert shown.answers == [{"kind": "done"}] * number


def test_numbers_are_kept_within_their_bounds(show: Any) -> None:
    shown = show(PipeSlots)
    shown.predict("0")
    shown.do("write", size=-5)
    assert "Slot 1: 1 byte" in shown.picture.words
    shown.picture.take({"kind": "do", "key": "write", "values": {"size": "3; rm"}})
    assert "Slot 1: 3,001 bytes" in shown.picture.words


def test_the_picture_is_told_in_words_and_named(show: Any) -> None:
    shown = show(PipeSlots)
    root = ElementTree.fromstring(shown.picture.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{SVG}title") == "The slots of a pipe"
    assert "reader, process" in root.findtext(f"{SVG}desc")
    assert "reader, process" in shown.picture.words


def test_what_has_not_changed_is_not_sent(show: Any) -> None:
    shown = show(PipeSlots)
    shown.look()
    sent = []
    shown.picture.observe(lambda change: sent.append(change["name"]))
    for _ in range(5):
        shown.look()
    assert not sent


def _processes(picture: Any) -> Any:
    return {picture._stage.world.init_pid, *descendants_of(picture._stage.world.init_pid)}


def _alive(pids: Any) -> Any:
    left = set()
    for pid in pids:
        try:
            if read_stat(pid).state not in "ZX":
                left.add(pid)
        except Vanished:
            continue
    return left


@pytest.mark.parametrize("end", ["close", "bye", "newer"])
def test_the_processes_end_with_the_picture(show: Any, end: Any) -> None:
    shown = show(PipeSlots)
    pids = _processes(shown.picture)
    assert len(_alive(pids)) == 3
    if end == "close":
        shown.picture.close()
    elif end == "bye":
        shown.picture.take({"kind": "bye"})
    else:
        live._latest[PipeSlots] = shown.picture
        live.show(PipeSlots).close()
        assert "A newer picture" in shown.picture.status
    assert not _alive(pids)
    assert shown.picture.over


def test_it_can_begin_again(show: Any) -> None:
    shown = show(PipeSlots)
    shown.predict("0")
    shown.do("write", size=10)
    shown.picture.take({"kind": "bye"})
    assert shown.picture.over
    assert not any(each["enabled"] for each in shown.picture.actions)
    shown.picture.take({"kind": "look"})
    assert "10 of 65,536" in shown.picture.words, "the last picture stays"
    shown.picture.take({"kind": "begin"})
    assert not shown.picture.over
    assert "0 of 65,536" in shown.picture.words
    shown.do("write", size=20)


def test_a_page_that_is_silent_for_long_is_gone() -> None:
    now = [0.0]
    felt = pulse.Pulse(clock=lambda: now[0])
    looks = 0
    while not felt.look():
        now[0] += pulse.LOOK_SECONDS
        looks += 1
    assert looks * pulse.LOOK_SECONDS >= 120, "a page in the background beats once a minute"


def test_a_beat_starts_the_count_again() -> None:
    now = [0.0]
    felt = pulse.Pulse(clock=lambda: now[0])
    for number in range(1000):
        now[0] += pulse.LOOK_SECONDS
        if number % 4 == 3:
            felt.beat()
        assert not felt.look()


def test_a_kernel_that_was_busy_does_not_blame_the_page() -> None:
    now = [0.0]
    felt = pulse.Pulse(clock=lambda: now[0])
    for _ in range(1000):
        now[0] += 600.0
        assert not felt.look()


def test_a_lost_page_ends_the_processes(show: Any) -> None:
    shown = show(PipeSlots)
    pids = _processes(shown.picture)
    old, now = pulse.Pulse(), [0.0]
    shown.picture.pulse = felt = pulse.Pulse(clock=lambda: now[0])
    for _ in range(100):
        shown.picture._feel(old)  # that of an earlier beginning
    assert _alive(pids) == pids
    for _ in range(100):
        now[0] += pulse.LOOK_SECONDS
        shown.picture._feel(felt)
    assert not _alive(pids)
    assert "No page has shown this picture" in shown.picture.status


KERNEL = """
import sys
from autograder.labs import pipe_slots
from autograder.observe.procfs import descendants_of
picture = pipe_slots()
print(picture._stage.world.init_pid, *descendants_of(picture._stage.world.init_pid), flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("way", ["killed", "ended"])
def test_the_processes_end_with_the_kernel(way: Any, level: Any, tmp_path: Any) -> None:
    program = [sys.executable, "-c", KERNEL]
    own = {**os.environ, "TMPDIR": str(tmp_path)}  # a killed kernel cannot remove its folders
    pipe = subprocess.PIPE
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, env=own) as kernel:
        pids = [int(word) for word in kernel.stdout.readline().split()]
        handles = [os.pidfd_open(pid) for pid in pids]
        if way == "killed":
            kernel.send_signal(signal.SIGKILL)
        else:
            kernel.stdin.close()
        kernel.wait()
    try:
        for handle in handles:
            assert select.select([handle], [], [], 30)[0], "it outlives its kernel"
    finally:
        for handle in handles:
            os.close(handle)


def test_an_export_has_the_picture_and_not_the_widget(show: Any) -> None:
    shown = show(PipeSlots)
    still = v4.new_output("display_data", {"text/html": shown.picture.still()})
    alive = v4.new_output("display_data", shown.picture._repr_mimebundle_())
    cell = v4.new_code_cell("pipe_slots()", outputs=[still, alive])
    body, _ = HTMLExporter().from_notebook_node(v4.new_notebook(cells=[cell]))
    assert body.count("<title>The slots of a pipe</title>") == 1
    assert "reader, process" in body
    assert "Run the cell, and the picture is alive" in body
    assert nbformat.validate(v4.new_notebook(cells=[cell])) is None
