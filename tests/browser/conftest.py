"""One JupyterLab, one browser and one window for the tests of a module.

Screenshots go to build/screenshots/.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.server import ROOT, Lab, chromium, running_browser, running_lab

SHOTS = ROOT / "build" / "screenshots"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as started:
        yield started


@pytest.fixture(autouse=True)
def _leaves_nothing() -> None:
    """Not for each test: a kernel lives on with its notebook. `lab` looks at the end."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium. It ends with the module, as its event loop is in the way of other tests."""
    program = chromium()
    if program is None:
        pytest.skip("there is no chromium on this machine")
    with running_browser(program) as started:
        yield started


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
