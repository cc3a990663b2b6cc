"""Two processes write to one SQLite database, which locks its file and waits in between."""

import os
import sqlite3

sqlite3.connect("store.db").execute("create table t (n integer)").connection.close()
pids = []
for start in (0, 100):
    pid = os.fork()
    if pid == 0:
        for n in range(start, start + 10):
            with sqlite3.connect("store.db", timeout=5) as db:
                db.execute("insert into t values (?)", (n,))
            db.close()
        os._exit(0)
    pids.append(pid)
codes = [os.waitpid(pid, 0)[1] for pid in pids]
print(codes, sqlite3.connect("store.db").execute("select count(*) from t").fetchone()[0])
