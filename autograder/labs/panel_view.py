"""The panel of one exercise: buttons, and what the checks say. Plain ipywidgets.

Everything happens in the kernel's own thread, as a cell does: while checks run the kernel is busy,
and *Interrupt* ends them.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from IPython.display import display
from ipywidgets import HTML, Button, HBox, VBox

from autograder.checks.hints import FILE as HINTS
from autograder.checks.hints import read_hints
from autograder.labs import panel_text as text
from autograder.labs.panel_results import FOLDER, load, save
from autograder.labs.panel_solution import attempt_of, is_open, rule, solution_of
from autograder.notebook.check_run import CheckResult, Outcome, run_check
from autograder.notebook.exercises import Exercise, find_exercise

_open: dict[str, "Panel"] = {}  # one for each exercise: an older one in the same kernel is closed


def show(shell: Any, name: str, folder: Path, live: bool) -> None:
    """Display the panel; not `live`: only the line that a saved page keeps."""
    exercise = find_exercise(name, folder, os.environ.get("JPY_SESSION_NAME", ""))
    if exercise is None:
        line = f"No notebook in {folder.name}/ has an exercise {name}: save this one, try again."
        _display_line(line)
        return
    progress, complaint = load(folder, name)
    last = text.summary(exercise, progress)
    _display_line(f"{complaint or last} Run this cell for its buttons.")
    if live:
        if name in _open:
            _open.pop(name).close()
        _open[name] = Panel(exercise, shell.user_ns)
        display(_open[name].widget)


def _display_line(line: str) -> None:
    html = f'<p class="ag-line">{escape(line)}</p>'
    display({"text/plain": line, "text/html": html}, raw=True)


class Panel:
    """The widget of an exercise, and what its buttons do."""

    def __init__(self, exercise: Exercise, namespace: dict[str, Any]) -> None:
        self.exercise = exercise
        self.namespace = namespace
        self.folder = exercise.notebook.parent
        self.progress, complaint = load(self.folder, exercise.name)
        self.hints, self.solution = self._read_hints(), solution_of(exercise)
        self.run = self._button("Run checks", "check", self._run)
        self.run.tooltip = (
            "Runs the check cells of this exercise, on your functions as they are now"
        )
        self.hint = self._button("Hint", "lightbulb-o", self._hint)
        self.show = self._button("Show a solution", "eye", self._show)
        self.parts = {name: HTML() for name in ("progress", "checks", "why", "help", "answer")}
        self.note = HTML(text.note(complaint))
        buttons = [self.run, *([self.hint] if self.hints else [])]
        buttons += [self.show] if self.solution else []
        style = HTML(f"<style>{files('autograder.labs').joinpath('panel.css').read_text()}</style>")
        self.widget = VBox([style, HBox(buttons), self.note, *self.parts.values()])
        self.widget.add_class("ag-panel")
        self._draw()

    def close(self) -> None:
        """Take the widget away, in the kernel and on the page."""
        for part in (*self.parts.values(), self.note, self.run, self.hint, self.show, self.widget):
            part.close()

    def _button(self, label: str, icon: str, action: Callable[[], None]) -> Button:
        button = Button(description=label, icon=icon)

        def clicked(_: Button) -> None:
            try:
                action()
            finally:
                self._draw()  # which says of each button whether it can be used

        button.on_click(clicked)
        return button

    # -- the buttons -----------------------------------------------------------------------------

    def _run(self) -> None:
        """Run every visible check; results appear one after the other."""
        results: dict[str, CheckResult] = {}
        self.progress = replace(self.progress, results=results)
        self._say("")
        try:
            for check in self.exercise.checks:
                self._draw(running=check.name)
                results[check.name] = run_check(check)
        except KeyboardInterrupt:
            self._say("Interrupted: the checks that are left did not run.")
        self.progress = self._counted(results).with_results(results)
        self._keep()

    def _counted(self, results: dict[str, CheckResult]) -> Any:
        """With this attempt, if it is one."""
        attempt = attempt_of(self.exercise, self.namespace)
        failed = any(each.outcome is Outcome.FAILED for each in results.values())
        if not failed or not attempt or attempt in self.progress.attempts:
            return self.progress
        return replace(self.progress, attempts=(*self.progress.attempts, attempt))

    def _hint(self) -> None:
        given = min(self.progress.hints + 1, len(self.hints))
        self.progress = replace(self.progress, hints=given)
        self._keep()

    def _show(self) -> None:
        self.parts["answer"].value = text.solution(self.solution)

    # -- what is seen ----------------------------------------------------------------------------

    def _draw(self, running: str = "") -> None:
        exercise, progress = self.exercise, self.progress
        self._set("progress", text.progress_bar(exercise, progress, running))
        self._set("checks", text.check_list(exercise, progress, running))
        self._set("why", "" if running else text.explanations(exercise, progress))
        self._set("help", text.hint_list(self.hints, progress.hints))
        self.run.disabled = bool(running)
        left = len(self.hints) - progress.hints
        self.hint.disabled = left <= 0
        self.hint.tooltip = f"One hint, and a clearer one each time; {max(left, 0)} left"
        self.show.disabled = not is_open(exercise, progress)
        self.show.tooltip = rule(progress)

    def _set(self, part: str, html: str) -> None:
        if self.parts[part].value != html:
            self.parts[part].value = html

    def _say(self, line: str) -> None:
        self.note.value = text.note(line)

    def _keep(self) -> None:
        try:
            save(self.folder, self.exercise.name, self.progress)
        except OSError as error:
            self._say(f"The result could not be kept in {FOLDER}/: {error.strerror}.")

    def _read_hints(self) -> list[str]:
        try:
            return read_hints(self.folder / HINTS).get(self.exercise.name, [])
        except (OSError, ValueError):
            return []
