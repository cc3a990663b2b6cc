"""3n + 1 for odd n, 3n + 1 for even n too."""


def steps(n):
    count = 0
    while n != 1:
        n = n // 2 if n % 2 == 1 else 3 * n % 1000003
        count += 1
    return count


print(steps(27))
