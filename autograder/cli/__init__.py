"""The command line: arguments and exit codes, one module for each command."""

from autograder.cli.main import main

__all__ = ["main"]
