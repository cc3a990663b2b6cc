n = 0
while True:
    n += 1
    print("\t".join(f"{n} x {k} = {n * k}" for k in range(100)))
