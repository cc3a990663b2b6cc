"""nbgrader, configured as its own command line would be in this course."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from nbgrader.apps.baseapp import NbGrader
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory

from autograder.grading.course import CONFIG_NAME, Course
from autograder.grading.log import LOG


def configured_app(
    course: Course, *, execute: dict[str, Any] | None = None, **directory: Any
) -> Any:
    """Return an nbgrader application with this machine's and this course's configuration.

    `directory` sets traits of its CourseDirectory (`assignment_id`, `student_id`, …), over the
    configuration, and `execute` those of our Execute. Its log goes to `log.LOG`, not to the
    terminal.
    """
    # nbgrader runs `alembic` by that name when it makes a gradebook: it is beside our own
    # interpreter, which a plain `.venv/bin/autograder` has not on its PATH.
    beside = str(Path(sys.executable).parent)
    if beside not in os.get_exec_path():
        os.environ["PATH"] = os.pathsep.join([beside, *os.get_exec_path()])
    app = NbGrader()
    app.log = LOG
    # The course's own file, wherever we are called from.
    app.load_cwd_config = False
    app.config_file = str(course.root / Path(CONFIG_NAME).stem)
    app.initialize([], root=str(course.root))
    app.config.Execute.update(execute or {})
    if course.db_url is not None:
        directory["db_url"] = course.db_url
    app.coursedir = CourseDirectory(parent=app, root=str(course.root), **directory)
    app.authenticator = Authenticator(parent=app)
    return app
