"""placeholder"""
import argparse
NAME = "check"; HELP = "x"; EXAMPLES = ()
def arguments(p: argparse.ArgumentParser) -> None: ...
def execute(o: argparse.Namespace) -> int: return 0
