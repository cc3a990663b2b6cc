"""Makes the import of the grader fail, as if it were not installed: that must not cost a mark."""

import sys

sys.modules["autograder"] = None
