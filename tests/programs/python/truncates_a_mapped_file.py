import mmap

with open("pages", "w+b") as f:
    f.truncate(2 * mmap.PAGESIZE)
    view = mmap.mmap(f.fileno(), 0)
    f.truncate(10)
    print(view[mmap.PAGESIZE])
