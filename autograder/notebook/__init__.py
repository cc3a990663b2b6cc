"""The course inside IPython: cards for failed checks and runs, and the `%%sandbox` magic."""

def activate() -> None:
    pass
