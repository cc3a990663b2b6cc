"""What the judge's interpreter does: it executes check cells, and never a line of a student's.

It holds the student's session (see `session`) and answers the grader's requests:

    {"op": "begin", "folder": …, "student": …}     a fresh student's interpreter in that folder
    {"op": "cell", "source": …, "timeout": …}      a student's cell: {"outputs"} or {"ended"} too
    {"op": "prepare", "source": …}                 a `%%sandbox` cell: {"digest"} of what it uses
    {"op": "sandbox", "timeout": …}                the cell prepared last is run: {"outputs"}
    {"op": "check", "source": …}                   a check cell: {"outputs"}, and what it asked for
    {"op": "facts", "names": …, "seeds": …}        {"digest"} of what it would get for these
    {"op": "end"}                                  the student's interpreter is ended

A check cell finds nothing of what an earlier one left: each begins with an empty namespace.
"""

import contextlib
import hashlib
import io
import json
import linecache
import os
from pathlib import Path
from typing import Any

from IPython.core.error import UsageError as IPythonUsageError

from autograder.checks.seeds import STUDENT_VARIABLE, drawn, seed_of
from autograder.checks.shipping import Given, take_names_from
from autograder.checks.words import label_files
from autograder.errors import AutograderError
from autograder.notebook.extension import activate
from autograder.notebook.quiet_shell import Output, QuietShell, cell_label
from autograder.notebook.sandbox_magic import MAGIC, CellFailed, SandboxMagic
from autograder.notebook.session import Ended, StudentSession
from autograder.sandbox.sealed import Sealed
from autograder.sandbox.world import close_worlds

MOST_OUTPUT = 1_000_000


class Judge:
    """The state of one judge: its shell, and the session of the student whose turn it is."""

    def __init__(self) -> None:
        self.shell = QuietShell.fresh()
        activate()
        label_files(cell_label)
        close_worlds()
        self.own_names = set(self.shell.user_ns)
        self.session: StudentSession | None = None
        self.lost = False
        self.asked: list[tuple[list[str], Given]] = []
        self.prepared = ("", "", 0, Given({}, frozenset(), b""))
        take_names_from(self._give)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out one request."""
        if request["op"] == "begin":
            return self._begin(Path(request["folder"]), str(request["student"]))
        if request["op"] == "end":
            self.close()
            return {}
        if request["op"] == "cell":
            return self._cell(str(request["source"]), float(request["timeout"]))
        if request["op"] == "prepare":
            return self._prepare(str(request["source"]))
        if request["op"] == "sandbox":
            return {"outputs": self._sandboxed(float(request["timeout"]), *self.prepared)}
        if request["op"] == "facts":
            return {"digest": self._digest(request["names"], request["seeds"])}
        return self._check(str(request["source"]))

    def close(self) -> None:
        """End the student's interpreter."""
        if self.session is not None:
            self.session.close()
            self.session = None

    def _begin(self, folder: Path, student: str) -> dict[str, Any]:
        self.close()
        linecache.clearcache()  # of the lines of the student before
        if student:  # seeded inputs are this student's, whoever grades
            os.environ[STUDENT_VARIABLE] = student
        self.lost = False
        self.session = StudentSession(folder)
        return {}

    def _cell(self, source: str, timeout: float) -> dict[str, Any]:
        if self.session is None:
            return {"outputs": [], "ended": "no interpreter has been started"}
        try:
            return {"outputs": self.session.run_cell(source, timeout)}
        except Ended as ended:
            why, outputs = ended.args
            return {"outputs": outputs, "ended": why}

    def _prepare(self, source: str) -> dict[str, Any]:
        if self.session is None:
            return {"digest": "", "ended": "no interpreter has been started"}
        line, _, cell = source.partition("\n")
        try:
            text, number, given = self.session.prepare(cell)
        except Ended as ended:
            return {"digest": "", "ended": str(ended.args[0])}
        self.prepared = line, text, number, given
        return {"digest": self._digest_of([given], [f"{number} {text}"])}

    def _sandboxed(
        self, longest: float, line: str, text: str, number: int, given: Given
    ) -> list[Output]:
        """A cell with the magic: what it uses goes, unopened, into a world beside the student's."""
        names = {name: Sealed(name, given.data) for name in given.kinds}
        self.shell.outputs = []
        try:
            if given.error:
                raise CellFailed(given.error)
            magic = SandboxMagic(self.shell)
            magic.carry_out(line.removeprefix(f"%%{MAGIC}"), text, number, names, longest)
        except (CellFailed, AutograderError, IPythonUsageError) as error:
            name = type(error).__name__
            self.shell.outputs.append(
                {
                    "output_type": "error",
                    "ename": name,
                    "evalue": str(error),
                    "traceback": [str(error)],
                }
            )
        return list(self.shell.outputs)

    def _check(self, source: str) -> dict[str, Any]:
        for name in set(self.shell.user_ns) - self.own_names:
            del self.shell.user_ns[name]
        printed, complained = io.StringIO(), io.StringIO()
        self.asked.clear()
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(complained),
            drawn() as seeds,
        ):
            outputs = self.shell.run(source)
        streams = (("stdout", printed), ("stderr", complained))
        names = [names for names, _ in self.asked]
        return {
            "outputs": [*_streams(streams), *outputs],
            "names": names,
            "seeds": seeds,
            "digest": self._digest_of([given for _, given in self.asked], _seeds(seeds)),
        }

    def _digest(self, names: list[list[str]], seeds: list[str]) -> str:
        return self._digest_of([self._given(each) for each in names], _seeds(seeds))

    def _digest_of(self, given: list[Given], more: list[str]) -> str:
        """One digest of all that the student's side contributes to a check.

        Empty when its interpreter had ended: what it would have given is not known.
        """
        if self.lost:
            return ""
        parts = [
            [sorted(each.kinds.items()), sorted(each.callables), sorted(each.sources.items())]
            for each in given
        ]
        digest = hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass"))
        for each in given:
            digest.update(hashlib.sha256(each.data).digest())
            digest.update(hashlib.sha256(each.error.encode("utf-8", "surrogatepass")).digest())
        for word in more:
            digest.update(f"{word}\0".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _give(self, names: list[str]) -> Given:
        given = self._given(names)
        self.asked.append((names, given))
        return given

    def _given(self, names: list[str]) -> Given:
        if self.session is None:
            return Given({}, frozenset(), b"")
        try:
            return self.session.give(names)
        except Ended as ended:
            self.lost = True
            kinds = dict.fromkeys(names, "function")
            return Given(kinds, frozenset(names), b"", error=str(ended.args[0]))


def _streams(streams: tuple[tuple[str, io.StringIO], ...]) -> list[Output]:
    return [
        {"output_type": "stream", "name": name, "text": stream.getvalue()[:MOST_OUTPUT]}
        for name, stream in streams
        if stream.getvalue()
    ]


def _seeds(exercises: list[str]) -> list[str]:
    return [f"{exercise}={seed_of(exercise)}" for exercise in exercises]
