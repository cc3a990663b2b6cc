"""One entry in a list for each attachment: the name of its process."""


def attachments(steps):
    owners, marked, answer = [], False, []
    for step in steps:
        match step:
            case ("attach", who):
                owners.append(who)
            case ("detach", who):
                owners.remove(who)
            case ("fork", parent, child):
                owners += [child for who in owners if who == parent]
            case ("remove", _):
                marked = True
            case (_, who):
                owners = [other for other in owners if other != who]
        answer.append(len(owners) if owners or not marked else None)
    return answer
