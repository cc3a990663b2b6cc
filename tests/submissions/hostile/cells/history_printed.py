"""Prints, after the hidden check, what IPython remembers of earlier cells: no check's text."""


def seal(text):
    return ""


# %% after seal-hidden
import linecache

print([str(cell) for cell in globals().get("In", [])])
print({name: lines for name, (*_, lines, _) in linecache.cache.items() if "ipykernel" in name})
print(list(get_ipython().history_manager.get_range(raw=True)))
