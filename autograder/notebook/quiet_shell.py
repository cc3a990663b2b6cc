"""An IPython shell without a terminal or a kernel: cells go in, nbformat's outputs come out.

Used on both sides of grading: in the student's interpreter, inside a world, and in the judge's.
What is displayed, returned and raised is collected as plain data; what is printed goes to
`sys.stdout` and `sys.stderr`, whoever holds these.
"""

import re
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any as AnyTrait
from traitlets.config import Config

_CELL_FILE = re.compile(r"<ipython-input-(\d+)-")
_ENDLESS = "(its text cannot be shown)"

Output = dict[str, Any]


class _Publisher(DisplayPublisher):
    """Collects what `display` shows."""

    shell: Any

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: object = None,
        *,
        transient: object = None,
        update: bool = False,
        **kwargs: object,
    ) -> None:
        output = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
        self.shell.outputs.append(output)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class _Hook(DisplayHook):
    """Collects the value of a cell's last expression."""

    shell: Any

    def start_displayhook(self) -> None:
        self.bundle: tuple[dict[str, Any], dict[str, Any]] = ({}, {})

    def write_output_prompt(self) -> None:
        """There is no prompt."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        self.bundle = (format_dict, md_dict or {})

    def finish_displayhook(self) -> None:
        data, metadata = self.bundle
        if data:
            output = {
                "output_type": "execute_result",
                "execution_count": self.shell.execution_count,
                "data": data,
                "metadata": metadata,
            }
            self.shell.outputs.append(output)


class QuietShell(InteractiveShell):
    """One shell; `run` executes a cell and returns its outputs, without streams."""

    outputs = AnyTrait()

    @classmethod
    def fresh(cls) -> "QuietShell":
        """A shell that keeps no history, reads no profile and draws no colours."""
        config = Config()
        config.HistoryManager.enabled = False
        config.HistoryManager.hist_file = ":memory:"
        config.InteractiveShell.colors = "NoColor"
        config.InteractiveShell.display_page = True
        # The one instance: `display` and get_ipython ask for it.
        shell: QuietShell = cls.instance(
            config=config,
            display_pub_class=_Publisher,
            displayhook_class=_Hook,
            outputs=[],
        )
        return shell

    def run(self, source: str) -> list[Output]:
        """Execute one cell; an exception is an output too."""
        self.outputs = []
        execute: Any = self.run_cell
        execute(source, store_history=True)
        return list(self.outputs)

    def system(self, cmd: str) -> None:
        """`!cmd`: a plain child on our own descriptors; there is no terminal."""
        execute: Any = self.system_raw
        execute(cmd)

    def enable_gui(self, gui: object = None) -> None:
        """There is none."""

    def _showtraceback(self, etype: type, evalue: object, stb: list[str]) -> None:
        try:
            text = str(evalue)
        except Exception:
            text = _ENDLESS
        output = {
            "output_type": "error",
            "ename": str(getattr(etype, "__name__", etype)),
            "evalue": text,
            "traceback": [str(line) for line in stb],
        }
        self.outputs.append(output)


def cell_label(file: str) -> str | None:
    """'cell [3]' for the name that a shell gives to the source of its third cell."""
    match = _CELL_FILE.match(file)
    return f"cell [{match[1]}]" if match else None
