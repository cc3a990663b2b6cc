"""placeholder"""
import argparse
NAME = "lint"; HELP = "x"; EXAMPLES = ()
def arguments(p: argparse.ArgumentParser) -> None: ...
def execute(o: argparse.Namespace) -> int: return 0
