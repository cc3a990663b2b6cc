"""Its `seal` acts when the grader pickles it, unpickles it, inspects it or names it."""

import os

ACT = "test -n \"$COURSE_SECRET\" && touch '@HOME@/planted-by-a-function'"


class Callable:
    def __reduce__(self):
        os.system(ACT)
        return os.system, (ACT,)

    def __getattr__(self, name):
        os.system(ACT)
        return self

    def __call__(self, *args):
        return ""


seal = Callable()
