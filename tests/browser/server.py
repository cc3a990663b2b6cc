"""JupyterLab as `make lab` starts it, on a copy of the course, and a browser to look at it.

Everything is done on a copy: JupyterLab saves what it runs.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
# Headless, as root, without a network: nothing is fetched that a page does not ask for.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, and the folder it serves."""

    url: str
    folder: Path


def _copy_of_the_course(folder: Path) -> Path:
    command = [
        "git",
        "-C",
        str(ROOT),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    for name in (
        subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    ):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/api", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """JupyterLab on a copy of the course in `folder`; it must end with all that it started."""
    course = _copy_of_the_course(folder / "course")
    home = folder / "home"
    home.mkdir()
    port = _free_port()
    arguments = (
        f"--no-browser --ServerApp.port={port} --ServerApp.port_retries=0 "
        "--IdentityProvider.token= --expose-app-in-browser"
    )
    # The set-up is the one that runs this: an empty STAMP asks for none.
    (course / ".venv").symlink_to(sys.prefix)
    command = ["make", "lab", "STAMP=", f"LAB_ARGS={arguments}"]
    log = folder / "lab.log"
    environment = {**os.environ, "HOME": str(home), "PYTHONWARNINGS": "default"}
    environment.pop("MAKEFLAGS", None)
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=course,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_up(url, server, log)
        yield Lab(url, course)
    finally:
        left = _stop(server)
    assert not left, f"JupyterLab ended, but these did not: {left}"


def _stop(server: "subprocess.Popen[bytes]") -> list[str]:
    """End JupyterLab as a user does, and return what outlived it."""
    started = psutil.Process(server.pid).children(recursive=True)
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(timeout=30)
    _, alive = psutil.wait_procs(started, timeout=15)
    for process in alive:
        process.kill()
    return [str(process) for process in alive]


def chromium() -> str | None:
    """The system's browser."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def running_browser(program: str) -> Iterator[Any]:
    """The browser, driven by Playwright."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()
