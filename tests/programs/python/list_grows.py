rows = []
while True:
    rows.append(" " * 1_000_000 + str(len(rows)))
