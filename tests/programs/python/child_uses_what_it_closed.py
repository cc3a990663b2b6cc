import multiprocessing
import os


def worker(r, w):
    os.close(r)
    os.close(w)
    os.write(w, b"result")


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    r, w = os.pipe()
    process = multiprocessing.Process(target=worker, args=(r, w))
    process.start()
    os.close(w)
    data = os.read(r, 100)
    process.join()
    if process.exitcode:
        raise SystemExit("the worker failed")
    print(data)
