"""Replaces the kernel's own method that executes a request."""


def seal(text):
    return ""


async def pretend(*args, **kwargs):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}


get_ipython().kernel.do_execute = pretend
