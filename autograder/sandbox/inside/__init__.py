"""What runs inside observed Python processes. Its modules need nothing but the standard library:
they are also loaded by interpreters that know nothing of this package.

`FOLDER` goes first into PYTHONPATH; what stood there before goes into `KEPT` meanwhile.
"""

import os

FOLDER = os.path.dirname(os.path.abspath(__file__))
KEPT = "AUTOGRADER_PYTHONPATH"
