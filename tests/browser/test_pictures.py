"""Each live picture in JupyterLab: used by mouse and by keyboard, in both themes, and left."""

import re
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.labs import PICTURES
from autograder.labs.play import Play
from tests.browser.conftest import SHOTS
from tests.browser.driving import dark, opened, run, show, shut_down, violations

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shot")]

Step = tuple[str, dict[str, int]]  # the label of a button, and the numbers to type first
FORMER = "() => document.querySelectorAll('.ag-live').forEach(e => e.classList.add('former'))"
LONG_ENOUGH = 20.0  # seconds until something that must happen counts as missing


@dataclass(frozen=True)
class Story:
    """Where a picture is, an answer to its question, what to do, and what comes of it."""

    notebook: str
    cell: str
    answer: str
    steps: tuple[Step, ...]
    outcome: str


def just(*labels: str) -> tuple[Step, ...]:
    return tuple((label, {}) for label in labels)


STORIES = {
    "pipe_slots": Story(
        "06_pipes",
        "pipe-slots-live",
        "7",
        (
            ("Write until it is full", {"bytes": 3000}),
            ("Read", {"bytes": 2000}),
            ("Write until it is full", {"bytes": 3000}),
        ),
        "0",
    ),
    "pipe_ends": Story(
        "06_pipes",
        "pipe-ends-live",
        "it returns b'': end of file",
        just(
            "Parent: pipe()",
            "Parent: fork()",
            "Parent: write 5 bytes",
            "Child: read",
            "Parent: close the write end",
            "Child: read",
        ),
        "it waits, for ever",
    ),
    "page_grid": Story(
        "04_mmap_in_detail",
        "page-grid-live",
        "all pages",
        (("Private: read", {"page": 3}), ("Private: write", {"page": 5})),
        "only page 5",
    ),
    "segment_card": Story(
        "02_shared_memory",
        "segment-card-live",
        "4",
        just(
            "A: create (shmget)",
            "A: attach",
            "A: attach",
            "A: fork B",
            "Remove (IPC_RMID)",
            "Kill B",
        ),
        "2",
    ),
    "two_spaces": Story(
        "02_shared_memory",
        "two-spaces-live",
        "it finds A's text",
        just("A: write a text", "B: read at A's address"),
        "it finds something else, or is killed",
    ),
    "end_of_file_ruler": Story(
        "04_mmap_in_detail",
        "ruler-live",
        "Python raises IndexError",
        (("Read a byte", {"position": 6000}),),
        "it gets a zero",
    ),
    "sharers": Story(
        "03_memory_mapped_files",
        "sharers-live",
        "2 MiB",
        just(*["One more maps and reads it"] * 4),
        "8 MiB",
    ),
    "who_waits": Story(
        "06_pipes",
        "who-waits-live",
        "it goes on waiting",
        just("Parent: read", "Child: read", "Kill the child"),
        "it returns b'': end of file",
    ),
    "browser_board": Story(
        "08_named_pipes",
        "browser-board-live",
        "they die with it",
        (("Kill the tab", {"tab": 2}), ("Load the page in the tab", {"tab": 1, "page": 7})),
        "they go on",
    ),
}


def title(name: str) -> str:
    """The heading of a picture, as `autograder.labs` has it."""
    module = import_module(f"autograder.labs.{PICTURES[name]}")
    plays = [
        each for each in vars(module).values() if isinstance(each, type) and issubclass(each, Play)
    ]
    return str(next(each.title for each in plays if each is not Play))


def shown(page: Any, lab: Any, name: str) -> Any:
    """The picture, after its cell was run and before anything else happened to it."""
    story = STORIES[name]
    opened(page, lab, f"notebooks/{story.notebook}.ipynb")
    page.evaluate(FORMER)
    run(page, story.cell)
    live = page.locator(f'.ag-live:not(.former)[aria-label="{title(name)}"]')
    live.locator(".ag-svg svg").wait_for()
    return live


def enabled(live: Any, label: str) -> Any:
    """The button, as soon as it can be used."""
    found = live.locator("button[aria-disabled=false]").filter(
        has_text=re.compile(f"^{re.escape(label)}$")
    )
    found.wait_for()
    return found


def ended(live: Any, story: Story) -> None:
    mark = "✓" if story.answer == story.outcome else "✗"
    told = f"{mark} You predicted: {story.answer}. What happened: {story.outcome}."
    live.locator(".ag-verdict").get_by_text(told, exact=True).wait_for()


def test_every_picture_is_in_a_lesson_and_used_here() -> None:
    assert set(STORIES) == set(PICTURES)


@pytest.mark.parametrize("name", STORIES)
def test_by_mouse(page: Any, lab: Any, troubles: list[str], name: str) -> None:
    story = STORIES[name]
    live = shown(page, lab, name)
    assert page.locator(".ag-still:visible").count() == 0, "the live picture takes its place"
    first = live.get_by_role("button", name=story.steps[0][0], exact=True)
    first.click(force=True)
    live.get_by_text("Predict first.").wait_for()
    if live.get_by_role("radio").count():
        live.get_by_label(story.answer, exact=True).check()
    else:
        live.get_by_label("Your prediction").fill(story.answer)
    live.get_by_role("button", name="Predict", exact=True).click()
    for label, numbers in story.steps:
        for number, value in numbers.items():
            live.get_by_label(number, exact=True).fill(str(value))
        enabled(live, label).click()
    ended(live, story)
    drawn = live.get_by_role("img")
    assert drawn.count() == 1
    assert drawn.locator("title").text_content()
    assert drawn.locator("desc").text_content()
    SHOTS.mkdir(parents=True, exist_ok=True)
    live.screenshot(path=str(SHOTS / f"{name}_light.png"))
    assert violations(page, ".ag-live:not(.former)") == []
    with dark(page):
        live.screenshot(path=str(SHOTS / f"{name}_dark.png"))
        assert violations(page, ".ag-live:not(.former)") == []
    live.get_by_role("button", name="Begin again").click()
    live.locator(".ag-verdict").get_by_text("What happened").wait_for(state="detached")


FOCUS = "root => root.querySelector('fieldset input').focus()"
FOCUSED = """() => {
    const at = document.activeElement;
    return at.closest('label')?.textContent.trim() || at.textContent.trim();
}"""
BACKWARDS = """([root, wanted]) => {
    const all = [...root.querySelectorAll('button, input, summary')];
    const named = each => (each.closest('label') || each).textContent.trim();
    return all.findIndex(each => named(each) === wanted) < all.indexOf(document.activeElement);
}"""


def go_to(page: Any, live: Any, label: str) -> None:
    """Press Tab, forwards or backwards, until the focus is there."""
    backwards = page.evaluate(BACKWARDS, [live.element_handle(), label])
    for _ in range(40):
        if page.evaluate(FOCUSED) == label:
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"Tab never came to {label!r}, but to {page.evaluate(FOCUSED)!r}")


@pytest.mark.parametrize("name", STORIES)
def test_by_keyboard(page: Any, lab: Any, troubles: list[str], name: str) -> None:
    story = STORIES[name]
    live = shown(page, lab, name)
    live.evaluate(FOCUS)
    if live.get_by_role("radio").count():
        page.keyboard.press("Space")
        for _ in range(live.get_by_role("radio").count()):
            if page.evaluate("() => document.activeElement.value") != story.answer:
                page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    else:
        page.keyboard.type(story.answer)
    page.keyboard.press("Enter")
    live.get_by_text(f"You predicted: {story.answer}.").wait_for()
    for label, numbers in story.steps:
        for number, value in numbers.items():
            go_to(page, live, number)
            page.keyboard.press("Control+a")
            page.keyboard.type(str(value))
        enabled(live, label)
        go_to(page, live, label)
        page.keyboard.press("Enter")
    ended(live, story)
    go_to(page, live, "In words")
    page.keyboard.press("Space")
    words = live.locator("details[open] pre")
    words.wait_for()
    assert len(words.inner_text()) > 40
    mode = page.evaluate("() => jupyterapp.shell.currentWidget.content.mode")
    assert mode == "command", "the keys are the picture's, not the notebook's"


def actors() -> dict[int, psutil.Process]:
    """The processes of pictures, by the number that each calls itself."""
    found = {}
    for process in psutil.process_iter(["cwd"]):
        folder = process.info["cwd"] or ""
        if "/autograder-" in folder:
            status = Path(f"/proc/{process.pid}/status").read_text()
            found[int(re.findall(r"NSpid:.*?(\d+)\n", status)[0])] = process
    return found


def test_pause_stops_looking_until_it_goes_on(page: Any, lab: Any, troubles: list[str]) -> None:
    live = shown(page, lab, "pipe_ends")
    live.get_by_label("it waits, for ever").check()
    live.get_by_role("button", name="Predict", exact=True).click()
    for label in ("Parent: pipe()", "Parent: fork()"):
        enabled(live, label).click()
    line = live.locator(".ag-status").get_by_text("The child is process")
    line.wait_for()
    (number,) = re.findall(r"process (\d+)", line.inner_text())
    live.get_by_role("button", name="Pause").click()
    actors()[int(number)].kill()
    drawn = live.locator(".ag-svg")
    time.sleep(1)  # five looks, if it did look
    shown_process = drawn.locator("svg text", has_text=re.compile(rf"[Pp]rocess {number}\b")).first
    assert shown_process.is_visible()
    live.get_by_role("button", name="Go on looking").click()
    live.locator(".ag-status").get_by_text("The child has ended").wait_for()
    shown_process.wait_for(state="detached")


def test_closing_the_tab_of_a_running_kernel_ends_the_processes(
    page: Any, lab: Any, browser: Any, troubles: list[str]
) -> None:
    window = browser.new_page()
    try:
        before = actors().values()
        shown(window, lab, "who_waits")
        started = [each for each in actors().values() if each not in before]
        assert len(started) >= 2
    finally:
        window.close(run_before_unload=True)
    _, left = psutil.wait_procs(started, timeout=LONG_ENOUGH)
    assert not left


def test_a_saved_notebook_shows_the_picture_without_its_kernel(page: Any, lab: Any) -> None:
    shown(page, lab, "segment_card")
    shut_down(page)
    page.reload()
    opened(page, lab, f"notebooks/{STORIES['segment_card'].notebook}.ipynb")
    show(page, "segment-card-live")
    drawn = f'svg[aria-label="{title("segment_card")}"]'
    still = page.locator(f".ag-still:has({drawn})")
    still.locator(drawn).wait_for()
    still.get_by_text("Run the cell, and the picture is alive.").wait_for()
    assert page.locator(".ag-live").count() == 0
    assert page.get_by_text("Error displaying widget").locator("visible=true").count() == 0
