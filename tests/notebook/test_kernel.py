"""Cards, magics and errors in a real kernel."""

from collections.abc import Callable
from typing import Any

Execute = Callable[..., list[Any]]


def test_passed_check_shows_a_card(execute: Execute) -> None:
    (output,) = execute('run("echo", b"a").returns(b"A")')
    assert output.output_type == "execute_result"
    assert "✓" in output.data["text/html"]


def test_failed_check_shows_one_card_and_a_short_error(execute: Execute) -> None:
    card, error = execute('run("hang").returns(None)')
    assert card.output_type == "display_data"
    html = card.data["text/html"]
    for part in ("Expected", "Actual", "reader-holds-write-end", "<svg", "line 9 of cell In[1]"):
        assert part in html
    assert "os.close(w)" in html
    assert error.output_type == "error"
    assert error.ename == "CheckFailed"
    text = "\n".join(error.traceback)
    assert "os.close(w)" in text
    assert "autograder/" not in text
    assert text.count("\n") <= 3


def test_sandbox_cell_labels_output_by_process(execute: Execute) -> None:
    cell = """%%sandbox
print("one", echo(b"x"))
pid = os.fork()
if pid == 0:
    os.execvp("echo", ["echo", "two"])
os.waitpid(pid, 0)
"""
    (output,) = execute(cell)
    assert output.data["text/plain"].splitlines() == ["parent 100 │ one b'X'", " child 101 │ two"]


def test_child_that_falls_out_of_a_sandbox_cell_is_ended(execute: Execute) -> None:
    shown, card = execute("%%sandbox\npid = os.fork()\nprint('both')\nif pid: os.waitpid(pid, 0)")
    assert shown.data["text/plain"].count("both") == 2
    assert "child-ran-on" in card.data["text/html"]


def test_deadlock_in_a_sandbox_cell_is_explained(execute: Execute) -> None:
    (card,) = execute("%%sandbox\nr, w = os.pipe()\nos.read(r, 1)")
    assert "reader-holds-write-end" in card.data["text/html"]
    assert "deadlock" in card.data["text/html"]


def test_names_of_a_sandbox_cell_stay_in_its_world(execute: Execute) -> None:
    (output,) = execute("%%sandbox\nmine = 1", "print('mine' in globals())")
    assert output.text == "False\n"


def test_exception_in_a_sandbox_cell_is_short_and_has_its_line(execute: Execute) -> None:
    *_, error = execute("%%sandbox\nx = 1\nx / 0")
    assert error.output_type == "error"
    assert "ZeroDivisionError" in error.traceback[0]
    assert "line 3 of cell In[2]" in error.traceback[0], "as the notebook numbers them"


def test_syntax_error_in_a_sandbox_cell_is_told(execute: Execute) -> None:
    (error,) = execute("%%sandbox\nif True print(1)")
    assert "SyntaxError" in error.traceback[0]
    assert "line 2" in error.traceback[0]


def test_snapshot_in_a_sandbox_cell_is_drawn(execute: Execute) -> None:
    (output,) = execute("%%sandbox\nr, w = os.pipe()\nsnapshot('a pipe')")
    assert "<svg" in output.data["text/html"]
    assert "a pipe" in output.data["text/html"]


def test_interrupted_cell_ends_its_world(execute: Execute) -> None:
    cell = """
import _thread, glob, tempfile, threading
left = lambda: set(glob.glob(tempfile.gettempdir() + "/autograder-*"))
threading.Timer(0.5, _thread.interrupt_main).start()
before = left()
try:
    run(lambda: __import__("time").sleep(60), timeout=60)
except KeyboardInterrupt:
    print("interrupted", left() - before)
"""
    (output,) = execute(cell)
    assert output.text == "interrupted set()\n"
