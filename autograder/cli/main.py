"""The parser, and what all commands have in common.

Exit codes: 0 all is well, 1 a check failed, 2 used wrongly or bad input, 3 the grader itself
failed.
Each command's module has NAME, HELP, EXAMPLES, `arguments(parser)` and `execute(options) -> int`;
it imports what it works with only when it is executed, so that `--help` is there at once.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Sequence

from autograder.cli import check, doctor, grade, lint, pack, release, start, submit, why
from autograder.errors import AutograderError, UsageError

OK, CHECK_FAILED, USAGE, OWN_FAILURE = 0, 1, 2, 3
INTERRUPTED = 128 + signal.SIGINT

COMMANDS = (start, check, submit, why, grade, release, pack, lint, doctor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.execute(options)
        sys.stdout.flush()
        return code
    except UsageError as error:
        print(f"autograder: {error}", file=sys.stderr)
        return USAGE
    except AutograderError as error:
        print(f"autograder: the grader itself failed: {error}", file=sys.stderr)
        return OWN_FAILURE
    except BrokenPipeError:
        return _reader_left()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"autograder: {where}{error.strerror or error}", file=sys.stderr)
        return OWN_FAILURE
    except KeyboardInterrupt:
        print("autograder: interrupted", file=sys.stderr)
        return INTERRUPTED


def _reader_left() -> int:
    """Whoever read our output (`head`) has enough. Nothing may be flushed into it at exit."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="autograder",
        description="Check, hand in and grade the exercises of the course.",
        epilog="`autograder COMMAND --help` explains a command and gives examples.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        each = commands.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.HELP[0].upper() + command.HELP[1:] + ".",
            epilog="examples:\n" + "\n".join(f"  {line}" for line in command.EXAMPLES),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.arguments(each)
        each.set_defaults(execute=command.execute)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from autograder import __version__

        print(f"autograder {__version__}")
        parser.exit()
