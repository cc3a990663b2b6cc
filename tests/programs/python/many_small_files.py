"""Four megabytes in all, no file larger than a tenth of one."""

for n in range(40):
    with open(f"part{n}", "wb") as f:
        f.write(b"x" * 100_000)
print("40 parts")
