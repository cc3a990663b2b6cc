"""Each answer is worked out from the beginning."""

from collections import Counter


def attachments(steps):
    return [after(steps[: length + 1]) for length in range(len(steps))]


def after(steps):
    held = Counter()
    for step in steps:
        who = step[1]
        held[who] += {"attach": 1, "detach": -1}.get(step[0], 0)
        if step[0] == "fork":
            held[step[2]] += held[who]
        if step[0] in ("exec", "exit", "kill"):
            del held[who]
    gone = held.total() == 0 and any(step[0] == "remove" for step in steps)
    return None if gone else held.total()
