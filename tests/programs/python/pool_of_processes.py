from multiprocessing import Pool


def cube(n):
    return n**3


if __name__ == "__main__":
    with Pool(3) as pool:
        print(sum(pool.imap_unordered(cube, range(50), chunksize=5)))
        print(pool.apply_async(cube, (3,)).get(timeout=5))
