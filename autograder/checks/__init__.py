"""Runs, checks and findings: what a student's function did, whether that is right, and why not."""

from autograder.checks.catalogue import CATALOGUE
from autograder.checks.failure import CheckFailed
from autograder.checks.finding import Finding
from autograder.checks.hints import Hint, hint
from autograder.checks.record import Run
from autograder.checks.running import Job, Sandbox, record_of, run, sandbox, student
from autograder.checks.seeds import seeded

__all__ = [
    "CATALOGUE",
    "CheckFailed",
    "Finding",
    "Hint",
    "Job",
    "Run",
    "Sandbox",
    "hint",
    "record_of",
    "run",
    "sandbox",
    "seeded",
    "student",
]
