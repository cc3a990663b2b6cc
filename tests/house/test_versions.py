"""pyproject.toml, constraints.txt and environment.yml say the same."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
DEVELOPMENT = [Requirement(line) for line in PROJECT["optional-dependencies"]["dev"]]
LOCK_TEXT = (ROOT / "constraints.txt").read_text()
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())

# conda-forge's own: no Python packages, or what its users have instead of `make`'s set-up.
ONLY_CONDA = {"python", "pip", "gcc", "make"}
# What conda-forge has of a package, where that is less than the lock.
BEHIND_ON_CONDA = {"sysv-ipc": Version("1.1.0")}


def locked() -> dict[str, set[Version]]:
    versions: dict[str, set[Version]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", LOCK_TEXT, flags=re.MULTILINE):
        versions.setdefault(canonicalize_name(name), set()).add(Version(version))
    return versions


def conda() -> dict[str, Requirement]:
    lines = [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]
    return {canonicalize_name(each.name): each for each in map(Requirement, lines)}


@pytest.mark.parametrize("requirement", [*RUNTIME, *DEVELOPMENT], ids=str)
def test_the_lock_has_every_requirement_in_a_fitting_version(requirement: Requirement) -> None:
    versions = locked().get(canonicalize_name(requirement.name), set())
    assert versions
    assert all(version in requirement.specifier for version in versions)


def test_every_locked_package_has_hashes() -> None:
    for entry in re.split(r"\n(?=[\w])", LOCK_TEXT.partition("\n\n")[2] or LOCK_TEXT):
        if "==" in entry:
            assert "--hash=sha256:" in entry, entry


def test_the_lock_names_no_address() -> None:
    for word in ("://", "index-url", "find-links", "pypi", "file:", "trusted-host"):
        assert word not in LOCK_TEXT.lower()


def test_conda_users_get_the_same_packages() -> None:
    python = {canonicalize_name(each.name): each for each in RUNTIME}
    assert set(conda()) - ONLY_CONDA == set(python)
    for name, requirement in python.items():
        assert str(conda()[name].specifier) == str(requirement.specifier), name


@pytest.mark.parametrize("name", sorted(BEHIND_ON_CONDA))
def test_what_conda_has_is_new_enough(name: str) -> None:
    assert BEHIND_ON_CONDA[name] in conda()[name].specifier


def test_conda_has_a_python_that_the_package_allows() -> None:
    lowest = PROJECT["requires-python"].removeprefix(">=")
    assert Version(lowest) in conda()["python"].specifier
    assert "3.14" in conda()["python"].specifier


def test_conda_installs_the_package_itself() -> None:
    (pip,) = (each for each in ENVIRONMENT["dependencies"] if isinstance(each, dict))
    assert pip == {"pip": ["-e ."]}


def test_the_version_is_told_once() -> None:
    import autograder

    assert autograder.__version__ == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text()
