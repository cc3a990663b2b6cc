import multiprocessing


def player(connection):
    print("got", connection.recv())
    connection.send("pong")


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    here, there = multiprocessing.Pipe()
    other = multiprocessing.Process(target=player, args=(there,))
    other.start()
    there.close()
    print("got", here.recv())
    here.send("ping")
    other.join()
