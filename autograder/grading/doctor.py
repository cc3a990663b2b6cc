"""What this machine offers to the course, and how to get what is missing."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError
from autograder.grading.course import Course
from autograder.observe.stacks import python_spy
from autograder.sandbox import isolation

_LAB_EXTENSION = Path("share/jupyter/labextensions/@jupyter/nbgrader")
_SERVER_EXTENSION = Path("etc/jupyter/jupyter_server_config.d/nbgrader.json")


@dataclass(frozen=True)
class Finding:
    """One line of the report. `ok` is None for a remark: works, but less well than it could."""

    subject: str
    ok: bool | None
    detail: str
    remedy: str = ""


def examine() -> list[Finding]:
    """Look at everything; never raises."""
    return [
        *_python(),
        *_packages(),
        *_isolation(),
        *_jupyter(),
        *_programs(),
        *_course(),
    ]


def _python() -> Iterator[Finding]:
    version = platform.python_version()
    yield Finding(
        "Python",
        sys.version_info >= (3, 11),
        f"{version} ({sys.executable})",
        "install Python 3.11 or newer",
    )
    linux = sys.platform == "linux"
    yield Finding(
        "operating system", linux, f"{platform.system()} {platform.release()}",
        "use Linux: WSL 2, a virtual machine, or Binder",
    )  # fmt: skip


def _packages() -> Iterator[Finding]:
    try:
        required = importlib.metadata.requires("autograder") or []
    except importlib.metadata.PackageNotFoundError:
        yield Finding("packages", False, "the package autograder is not installed", "make lab")
        return
    for line in required:
        if "extra ==" in line:
            continue
        name = re.split(r"[^\w.-]", line, maxsplit=1)[0]
        try:
            yield Finding(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(
                name, False, "not installed", "make lab, or pip install -r constraints.txt"
            )


def _isolation() -> Iterator[Finding]:
    try:
        level = isolation.current()
    except AutograderError as error:
        yield Finding("isolation", False, str(error), f"unset {isolation.VARIABLE}")
        return
    strongest = level.level == isolation.NAMESPACES
    yield Finding(
        "isolation", True if strongest else None, f"{level.level}: {level.reason}",
        "" if strongest else "allow user namespaces for a stronger one; see README, Isolation",
    )  # fmt: skip
    if not strongest:
        yield Finding(
            "not contained", None, "\n".join(isolation.UNCONTAINED),
            "grade strangers' work here in an account, or a machine, of its own",
        )  # fmt: skip
    for probe in isolation.probe():
        # Without them the course still works; without a view of /proc it explains little.
        dispensable = probe.name in ("namespaces", "watched calls")
        ok = None if not probe.ok and dispensable else probe.ok
        yield Finding(probe.name, ok, probe.detail, "" if probe.ok else "see README, Isolation")


def _jupyter() -> Iterator[Finding]:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
        program = shutil.which(spec.argv[0]) or spec.argv[0]
        # jupyter_client replaces a plain "python" by the interpreter that runs it.
        own = (
            spec.argv[0] in ("python", "python3")
            or Path(program).resolve() == Path(sys.executable).resolve()
        )
        yield Finding(
            "kernel python3", own, sys.executable if own else program,
            "" if own else f"this kernel has other packages: remove {spec.resource_dir}",
        )  # fmt: skip
    except NoSuchKernel:
        yield Finding("kernel python3", False, "there is none", "pip install ipykernel")
    for what, place in (
        ("JupyterLab extension of nbgrader", _LAB_EXTENSION),
        ("server extension of nbgrader", _SERVER_EXTENSION),
    ):
        there = (Path(sys.prefix) / place).exists()
        yield Finding(
            what,
            there,
            "installed" if there else "missing",
            "" if there else "pip install --force-reinstall nbgrader",
        )


def _programs() -> Iterator[Finding]:
    spy = python_spy()
    yield Finding(
        "py-spy",
        bool(spy) or None,
        spy or "missing: `autograder why` tells no lines of Python programs",
        "" if spy else "pip install py-spy",
    )
    gcc = shutil.which("gcc")
    yield Finding(
        "gcc",
        bool(gcc) or None,
        gcc or "missing: the C programs of the lessons cannot be compiled",
        "" if gcc else "apt-get install gcc libc6-dev",
    )


def _course() -> Iterator[Finding]:
    try:
        course = Course.find()
    except AutograderError as error:
        yield Finding("course", None, str(error), "change to the folder of the course")
        return
    yield Finding(
        "course",
        True,
        f"{course.root} ({', '.join(course.assignments('release')) or 'no assignments'})",
    )
    from autograder.grading import exchange

    configured = exchange.is_configured(course)
    yield Finding(
        "exchange",
        True,
        "configured" if configured else "none: `autograder submit` uses submitted/",
    )
