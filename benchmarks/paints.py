"""How soon a live picture is there, and how soon it shows what was done to it.

    python benchmarks/paints.py [PICTURE ...]

Each picture is shown in JupyterLab: in a new kernel in which a lesson's first import has run, and
again in the same kernel. Then its first possible button is pressed. Times are the page's own: from
the command that runs the cell to the frame that has the drawing, and from the press to the frame
that has changed. Prints figures and their share of what they may take; judges nothing.
"""

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.labs import PICTURES
from tests.browser.driving import opened, restart
from tests.browser.server import chromium, running_browser, running_lab

PAINT, UPDATE = 300.0, 100.0  # milliseconds that they may take
PRESSES = 5
IMPORT = """async () => {
    const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    await kernel.requestExecute({ code: 'from autograder import run' }).done;
}"""
PAINTED = """async (name) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    document.querySelectorAll('.ag-live').forEach(each => each.classList.add('former'));
    const cell = notebook.widgets.findIndex(each => each.model.type === 'code');
    notebook.widgets[cell].model.sharedModel.setSource(
        `from autograder.labs import ${name}\\n\\n${name}()`);
    notebook.activeCellIndex = cell;
    notebook.deselectAll();
    const begun = performance.now();
    jupyterapp.commands.execute('notebook:run-cell');
    const found = () => document.querySelector('.ag-live:not(.former) .ag-svg svg');
    while (!found()) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - begun;
}"""
PREDICTED = """async () => {
    const live = document.querySelector('.ag-live:not(.former)');
    const answer = live.querySelector('fieldset input');
    if (answer.type === 'radio') answer.click(); else answer.value = '1';
    [...live.querySelectorAll('fieldset button')].pop().click();
    while (!live.querySelector('button[data-key][aria-disabled=false]'))
        await new Promise(requestAnimationFrame);
}"""
UPDATED = """async () => {
    const live = document.querySelector('.ag-live:not(.former)');
    while (!live.querySelector('button[data-key][aria-disabled=false]'))
        await new Promise(requestAnimationFrame);
    const button = live.querySelector('button[data-key][aria-disabled=false]');
    const status = live.querySelector('.ag-status'), picture = live.querySelector('.ag-svg');
    const look = () => status.textContent + picture.innerHTML;
    const before = look(), begun = performance.now();
    button.click();
    while (look() === before && performance.now() - begun < 2000)
        await new Promise(requestAnimationFrame);
    const taken = performance.now() - begun;
    return look() === before ? null : taken;
}"""


def measured(page: Any, name: str) -> tuple[float, float, list[float]]:
    """Milliseconds to the first drawing in a new kernel, in the same one again, and to updates."""
    restart(page)
    page.wait_for_function(
        "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
    )
    page.evaluate(IMPORT)
    first, again = (float(page.evaluate(PAINTED, name)) for _ in range(2))
    page.evaluate(PREDICTED)
    updates = [page.evaluate(UPDATED) for _ in range(PRESSES)]
    return first, again, [each for each in updates if each is not None]


def main(names: list[str]) -> int:
    """Measure the pictures and print a line for each."""
    program = chromium()
    if program is None:
        print("There is no chromium on this machine: nothing to measure with.", file=sys.stderr)
        return 1
    if unknown := set(names) - set(PICTURES):
        print(f"No such picture: {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    print(f"{'milliseconds':20} new kernel   same kernel   update (median, longest)")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as lab,
        running_browser(program) as browser,
    ):
        page = browser.new_page()
        opened(page, lab, "notebooks/06_pipes.ipynb")
        for name in names or PICTURES:
            first, again, updates = measured(page, name)
            shares = f"{first / PAINT:.0%}, {again / PAINT:.0%} of {PAINT:.0f} ms"
            median, longest = statistics.median(updates), max(updates)
            print(
                f"{name:20} {first:10.0f}   {again:11.0f}   {median:6.0f} {longest:6.0f}"
                f"   ({shares}; {median / UPDATE:.0%}, {longest / UPDATE:.0%} of {UPDATE:.0f} ms)"
            )
        page.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
