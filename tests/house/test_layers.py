"""The package imports downward only; nbgrader and the widgets each have one door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "autograder"
LAYERS = {
    "cli": 5,
    "grading": 4,
    "labs": 4,
    "notebook": 3,
    "draw": 3,
    "checks": 2,
    "sandbox": 1,
    "trace": 1,
    "observe": 0,
    "errors": -1,  # both trees of exceptions may be raised and caught anywhere
}
# What a layer may use of another of the same height.
BESIDE = {("notebook", "draw")}
DOORS = {"nbgrader": "grading", "ipywidgets": "labs", "anywidget": "labs"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layer"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_downward_only(path: Path) -> None:
    mine = layer(path)
    if mine == "__init__":
        return  # the table of contents
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top in DOORS:
            assert mine == DOORS[top], f"only {DOORS[top]}/ imports {top}"
        if top != "autograder":
            continue
        theirs = rest.partition(".")[0]
        if theirs not in LAYERS or theirs == mine or (mine, theirs) in BESIDE:
            continue
        assert LAYERS[theirs] < LAYERS[mine], f"{mine} imports {name}"


def test_every_package_has_a_layer() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages <= set(LAYERS)
