"""Returns a value that, unpickled or copied anywhere outside its world, leaves a file."""

import os


class Payload:
    def __reduce__(self):
        return os.system, ("touch '@HOME@/planted-by-a-pickle' '@COURSE@/planted-by-a-pickle'",)

    __deepcopy__ = __copy__ = __reduce_ex__ = lambda self, *args: Payload.__reduce__(self)


def seal(text):
    return [Payload()]
