import os

os.mkfifo("alice")
os.mkfifo("bob")


def talk(own, other):
    with open(own) as inbox:  # each opens its own inbox first
        with open(other, "w") as outbox:
            outbox.write("hello\n")
        print(inbox.read())


if os.fork() == 0:
    talk("bob", "alice")
    os._exit(0)
talk("alice", "bob")
os.wait()
