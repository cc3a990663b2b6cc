"""Raises the grader's own kind of exception: it is the student's failure all the same."""


def seal(text):
    from autograder.errors import SandboxError

    raise SandboxError("the world is broken")
