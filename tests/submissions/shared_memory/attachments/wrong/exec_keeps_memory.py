"""The process stays the same process after exec, with all that it has.

Explanation: nattch after step 5, ('exec', 'B')
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
        elif what != "exec":
            held[who] = 0
        count = sum(held.values())
        shown.append(None if removed and count == 0 else count)
    return shown
