"""`python -m autograder.cli` does what `autograder` does."""

import sys

from autograder.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
