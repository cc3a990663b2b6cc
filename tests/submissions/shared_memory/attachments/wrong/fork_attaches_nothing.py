"""A new process has attached nothing yet.

Explanation: nattch after step 3, ('fork', 'A', 'B')
"""


def attachments(steps):
    held, removed, shown = {"A": 0}, False, []
    for what, who, *more in steps:
        if what == "attach":
            held[who] += 1
        elif what == "detach":
            held[who] -= 1
        elif what == "fork":
            held[more[0]] = 0
        elif what == "remove":
            removed = True
        else:
            held[who] = 0
        count = sum(held.values())
        shown.append(None if removed and count == 0 else count)
    return shown
