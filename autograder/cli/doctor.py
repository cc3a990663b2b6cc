"""`autograder doctor`: what this machine offers."""

from __future__ import annotations

import argparse

NAME = "doctor"
HELP = "say what this machine offers: Python, packages, isolation, /proc, kernels, extensions"
EXAMPLES = ("autograder doctor              # exit code 1 when something is missing",)


def arguments(parser: argparse.ArgumentParser) -> None:
    """It has none."""


def execute(options: argparse.Namespace) -> int:
    from autograder.grading.doctor import examine

    findings = examine()
    width = max(len(finding.subject) for finding in findings)
    words = {True: "ok", None: "note", False: "MISSING"}
    for finding in findings:
        subject, word = finding.subject, words[finding.ok]
        for line in finding.detail.splitlines():
            print(f"{subject:<{width}}  {word:<7}  {line}")
            subject = word = ""
        if finding.remedy and not finding.ok:
            print(f"{'':<{width}}  {'':<7}  → {finding.remedy}")
    return 1 if any(finding.ok is False for finding in findings) else 0
