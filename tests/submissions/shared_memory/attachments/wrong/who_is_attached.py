"""nattch is the number of processes that have the segment.

Explanation: returns [1, 2, 1, 0, 1]
"""


def attachments(steps):
    held, removed, shown = set(), False, []
    for what, who, *more in steps:
        if what == "attach":
            held.add(who)
        elif what == "fork":
            held.update(more if who in held else [])
        elif what == "remove":
            removed = True
        else:
            held.discard(who)
        shown.append(None if removed and not held else len(held))
    return shown
