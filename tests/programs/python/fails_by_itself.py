"""Fails for a reason of its own, with the traceback and exit code that Python gives."""

settings = {"host": "localhost"}
print(settings["host"])
print("port", settings["port"])
