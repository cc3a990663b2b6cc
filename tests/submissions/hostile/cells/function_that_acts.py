"""Its `seal` is an object that acts when the grader pickles it, inspects it or names it."""

import os


class Callable:
    def __reduce__(self):
        os.system("touch '@HOME@/planted-by-a-pickle'")
        return str, ("",)

    def __getattr__(self, name):
        os.system("touch '@HOME@/planted-by-an-attribute'")
        return self

    def __call__(self, *args):
        return ""


seal = Callable()
