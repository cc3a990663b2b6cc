"""`%%sandbox`: run a cell that forks in a world, and show who wrote what.

The cell's own names stay in the world; the names it uses from the notebook are taken along. A
child that runs out of the cell ends there, so no second kernel can come of it.
"""

import types
from html import escape
from typing import Any

from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.display import HTML, display

from autograder.checks import Run, words
from autograder.checks.running import run_labelled
from autograder.notebook.cards import findings_card, snapshots
from autograder.sandbox.cell import execute

_OWN_NAMES = {"In", "Out", "get_ipython", "exit", "quit", "open"}


MAGIC = "sandbox"


class CellFailed(Exception):
    """The cell raised an exception in its world."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@magics_class
class SandboxMagic(Magics):
    """The cell magic, bound to one shell."""

    @magic_arguments()
    @argument("--timeout", type=float, default=10.0, help="seconds after which the cell is ended")
    @argument("--stdin", default="", help="what standard input holds")
    @cell_magic
    def sandbox(self, line: str, cell: str) -> None:
        """Run this cell in a world of its own; children that run out of it are ended.

        Example::

            %%sandbox --timeout 5
            import os
            if os.fork() == 0:
                print("child")
                os._exit(0)
            os.wait()
        """
        shell: Any = self.shell
        # In holds the inputs so far, this cell's last; the shell's own count may be one ahead.
        number = len(shell.user_ns["In"]) - 1
        source, names = prepare(shell, cell, number)
        self.carry_out(line, source, number, names)

    def carry_out(
        self,
        line: str,
        source: str,
        number: int,
        names: dict[str, Any],
        longest: float = float("inf"),
    ) -> None:
        """Run the Python text `source` of the shell's cell `number` and show what came of it.

        `line` has the magic's options; `names` are the variables that the cell is given; it has
        `longest` seconds, whatever its options say. Raises `CellFailed` when the cell raised an
        exception.
        """
        shell: Any = self.shell
        options = parse_argstring(self.sandbox, line)
        file = shell.compile.cache(source, number)
        record = run_labelled(
            "this cell",
            execute,
            source,
            file,
            names,
            stdin=options.stdin.encode(),
            timeout=min(options.timeout, longest),
        )
        show(record)
        if record.exception is not None:
            frame = words.own_frame(tuple(reversed(record.exception.frames)))
            where = f"\n  at {words.quoted_place(frame)}" if frame else ""
            raise CellFailed(f"{record.exception}{where}")


def prepare(shell: Any, cell: str, number: int) -> tuple[str, dict[str, Any]]:
    """The Python text of a cell, and the variables of the shell that it uses.

    Raises `CellFailed` when it is no Python.
    """
    source = "\n" + shell.transform_cell(cell)  # lines are counted from the magic's own
    try:
        code = compile(source, shell.compile.cache(source, number), "exec")
    except SyntaxError as error:
        raise CellFailed(f"SyntaxError: {error.msg} (line {error.lineno})") from error
    return source, used_names(code, shell.user_ns)


def used_names(code: types.CodeType, namespace: dict[str, Any]) -> dict[str, Any]:
    """The variables of `namespace` that the cell's code, or a function in it, mentions."""
    mentioned = set(code.co_names)
    queue = [code]
    while queue:
        inner = [part for part in queue.pop().co_consts if isinstance(part, types.CodeType)]
        for part in inner:
            mentioned.update(part.co_names)
        queue += inner
    wanted = mentioned - _OWN_NAMES
    return {name: namespace[name] for name in sorted(wanted) if name in namespace}


def show(record: Run) -> None:
    """Output labelled by process, then pictures asked for, then findings."""
    lines = labelled_lines(record)
    if lines:
        display(LabelledOutput(lines))
    if pictures := snapshots(record):
        display(HTML(pictures))
    if card := findings_card(record):
        display(HTML(card))


class LabelledOutput:
    """Lines of output, each with the process that wrote it."""

    def __init__(self, lines: list[tuple[str, str]]) -> None:
        self.lines = lines

    def __repr__(self) -> str:
        width = max(len(who) for who, _ in self.lines)
        return "\n".join(f"{who:>{width}} │ {text}" for who, text in self.lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<span style="opacity:.65">{escape(who):>16} │</span> {escape(text)}\n'
            for who, text in self.lines
        )
        return f'<pre style="margin:0">{rows}</pre>'


def labelled_lines(record: Run) -> list[tuple[str, str]]:
    """(process, line) in the order of arrival; pieces of one process are joined to lines."""
    evidence = record.evidence
    pending: dict[tuple[int, bool], bytes] = {}
    lines: list[tuple[str, str]] = []
    for sender, is_error, data in evidence.chunks:
        *whole, rest = (pending.pop((sender, is_error), b"") + data).split(b"\n")
        name = _name(record, sender) + (" stderr" if is_error else "")
        lines += [(name, part.decode(errors="replace")) for part in whole]
        if rest:
            pending[sender, is_error] = rest
    for (sender, is_error), rest in pending.items():
        name = _name(record, sender) + (" stderr" if is_error else "")
        lines.append((name, rest.decode(errors="replace")))
    return lines


def _name(record: Run, sender: int) -> str:
    evidence = record.evidence
    if sender == evidence.first:
        return f"parent {evidence.first_inner}"
    if sender in evidence.born:
        inner, parent = evidence.born[sender]
        kind = "child" if parent == evidence.first_inner else "grandchild"
        return f"{kind} {inner}"
    return "program"
