with open("numbers.txt", "w") as f:
    for n in range(10_000_000):
        f.write(f"{n}\n")
