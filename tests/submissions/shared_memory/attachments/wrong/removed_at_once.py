"""After remove the segment is gone.

Explanation: returns [1, 2, 2, 3, 2, 1, None]
"""


def attachments(steps):
    held, removed, shown = {"A": 0}, False, []
    for what, who, *more in steps:
        if what == "attach":
            held[who] += 1
        elif what == "detach":
            held[who] -= 1
        elif what == "fork":
            held[more[0]] = held[who]
        elif what == "remove":
            removed = True
        else:
            held[who] = 0
        shown.append(None if removed else sum(held.values()))
    return shown
