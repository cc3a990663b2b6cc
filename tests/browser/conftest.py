"""JupyterLab as `make lab` starts it, on a copy of the course, and a browser to look at it.

Everything is done on a copy: JupyterLab saves what it runs. Screenshots go to build/screenshots/.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build" / "screenshots"
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
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = _copy_of_the_course(tmp_path_factory.mktemp("lab") / "course")
    home = tmp_path_factory.mktemp("home")
    port = _free_port()
    arguments = (
        f"--no-browser --ServerApp.port={port} --ServerApp.port_retries=0 "
        "--IdentityProvider.token= --expose-app-in-browser"
    )
    # The set-up is the one that runs this test: an empty STAMP asks for none.
    (folder / ".venv").symlink_to(sys.prefix)
    command = ["make", "lab", "STAMP=", f"LAB_ARGS={arguments}"]
    log = tmp_path_factory.mktemp("log") / "lab.log"
    environment = {**os.environ, "HOME": str(home), "PYTHONWARNINGS": "default"}
    environment.pop("MAKEFLAGS", None)
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_up(url, server, log)
        yield Lab(url, folder)
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


@pytest.fixture(autouse=True)
def _leaves_nothing() -> None:
    """Not for each test: a kernel lives on with its notebook. `lab` looks at the end."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium. It ends with the module, as its event loop is in the way of other tests."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Page]:
    """One window for all tests: JupyterLab takes seconds to load."""
    opened = browser.new_page(viewport={"width": 1280, "height": 1000})
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()


@pytest.fixture
def shot(page: Page, request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep a picture of the page as the test leaves it."""
    yield
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SHOTS / f"{request.node.name}.png"))


@pytest.fixture
def troubles(page: Page) -> Iterator[list[str]]:
    """Errors of the page and of its console while a test goes on; there must be none."""
    found: list[str] = []

    def on_error(error: Any) -> None:
        found.append(str(error))

    def on_console(told: Any) -> None:
        if told.type == "error":
            found.append(told.text)

    page.on("pageerror", on_error)
    page.on("console", on_console)
    yield found
    page.remove_listener("pageerror", on_error)
    page.remove_listener("console", on_console)
    assert not found
