"""A child that runs out of its cell ends there, and the notebook says so; others are let alone."""

from collections.abc import Callable
from typing import Any

import pytest

Execute = Callable[..., list[Any]]

KERNEL = "import asyncio, os, sys, threading\nkernel = os.getpid()"
ALONE = "print(os.getpid() == kernel)"
STATUS = "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))"


def shown(outputs: list[Any]) -> str:
    """What a cell printed and displayed, as plain text."""
    return "".join(
        output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs
    )


RUNAWAYS = {
    "end of the cell": (
        f"pid = os.fork()\nif pid:\n    {STATUS}",
        "0\n",
        "ran on to the end",
        "line 1 of cell In[3], pid = os.fork()",
    ),
    "an exception": (
        f"pid = os.fork()\nif pid == 0:\n    1 / 0\n{STATUS}",
        "1\n",
        "raised ZeroDivisionError: division by zero",
        "line 1 of cell In[3]",
    ),
    "the cell raises in both": (
        f"pid = os.fork()\nif pid:\n    {STATUS}\nraise KeyError(3)",
        "1\n",
        "raised KeyError: 3",
        "line 1 of cell In[3]",
    ),
    "sys.exit": (
        f"pid = os.fork()\nif pid == 0:\n    sys.exit(3)\n{STATUS}",
        "3\n",
        "called sys.exit",
        "line 1 of cell In[3]",
    ),
    "a function of another cell": (
        f"pid = forks()\nif pid:\n    {STATUS}",
        "0\n",
        "ran on to the end",
        "line 4 of cell In[2], return os.fork()",
    ),
    "an await": (
        f"never = asyncio.get_running_loop().create_future()\npid = os.fork()\n"
        f"if pid == 0:\n    await never\n{STATUS}",
        "0\n",
        "came to an await",
        "line 2 of cell In[3]",
    ),
    "a thread": (
        "def work():\n    pid = os.fork()\n    if pid:\n        "
        f"{STATUS}\nthread = threading.Thread(target=work)\nthread.start()\nthread.join()",
        "0\n",
        "ran on to the end",
        "line 2 of cell In[3]",
    ),
    "an exception in a pool's thread": (
        "from concurrent.futures import ThreadPoolExecutor\ndef work():\n"
        f"    pid = os.fork()\n    if pid:\n        {STATUS}\n    else:\n        [].pop()\n"
        "with ThreadPoolExecutor() as pool:\n    pool.submit(work).result()",
        "1\n",
        "raised IndexError: pop from empty list",
        "line 3 of cell In[3]",
    ),
    "a pool's thread that only forks": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        f"with ThreadPoolExecutor() as pool:\n    pid = pool.submit(os.fork).result()\n{STATUS}",
        "0\n",
        "ran on to the end",
        "",
    ),
    "a task": (
        "async def work():\n    pid = os.fork()\n    await asyncio.sleep(0)\n    "
        f"{STATUS}\nawait asyncio.create_task(work())",
        "0\n",
        "ran on to the end",
        "line 2 of cell In[3]",
    ),
    "every descriptor closed": (
        f"pid = os.fork()\nif pid == 0:\n    os.closerange(3, 4096)\nelse:\n    {STATUS}",
        "0\n",
        "ran on to the end",
        "line 1 of cell In[3]",
    ),
}


@pytest.mark.parametrize("case", RUNAWAYS)
def test_a_child_that_runs_out_of_the_code_ends_and_is_told(execute: Execute, case: str) -> None:
    cell, status, how, place = RUNAWAYS[case]
    forks = f"{KERNEL}\n\ndef forks():\n    return os.fork()"
    outputs = execute(forks.replace("\n\n", "\n"), cell)
    text = shown(outputs)
    assert text.count("A forked child had to be ended") == 1
    assert how in text
    assert place in text
    assert ("forked by" in text) == bool(place)
    assert text.startswith(status), "the child ends as it would have in a plain program"
    html = next(each.data["text/html"] for each in outputs if "text/html" in each.get("data", {}))
    assert "os._exit(0)" in html
    assert "%%sandbox" in html


def test_nested_forks_leave_one_kernel(execute: Execute) -> None:
    cell = """
for _ in range(3):
    os.fork()
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
if os.getpid() == kernel:
    print("the kernel")
"""
    text = shown(execute(KERNEL, cell))
    assert text.startswith("the kernel\n")
    assert "7 forked children had to be ended" in text
    assert text.count("had to be ended") == 1
    assert shown(execute(KERNEL, cell, ALONE)) == "True\n"


def test_children_that_end_themselves_are_not_accused(execute: Execute) -> None:
    cell = """
import multiprocessing, subprocess, time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
for method in ("fork", "spawn", "forkserver"):
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        print(list(pool.map(abs, [-1, 2])))
    worker = context.Process(target=sys.exit, args=(4,))
    worker.start()
    worker.join()
    print(worker.exitcode)
def in_a_thread():
    worker = multiprocessing.get_context("fork").Process(target=os._exit, args=(6,))
    worker.start()
    worker.join()
    return worker.exitcode
with ThreadPoolExecutor() as pool:
    print(pool.submit(in_a_thread).result())
print(subprocess.run(["echo", "hi"], capture_output=True, preexec_fn=os.getpid).stdout)
if os.fork() == 0:
    os.execvp("true", ["true"])
if os.fork() == 0:
    try:
        [].pop()
    except IndexError:
        os._exit(5)
print(sorted(os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(2)))
"""
    outputs = execute(KERNEL, cell)
    assert {output.output_type for output in outputs} == {"stream"}
    assert shown(outputs) == "[1, 2]\n4\n" * 3 + "6\nb'hi\\n'\n[0, 5]\n"


def test_child_does_not_read_from_the_kernels_own_socket(execute: Execute) -> None:
    text = shown(execute(KERNEL, f"pid = os.fork()\nif pid == 0:\n    input()\n{STATUS}"))
    assert text.startswith("1\n")
    assert "raised StdinNotImplementedError" in text


def test_child_that_outlives_its_cell_is_told_under_that_cell(kernel: Any) -> None:
    kernel.run(f"import autograder\n{KERNEL}\ngate, opened = os.pipe()")
    first = kernel.send("if os.fork() == 0:\n    os.close(opened)\n    os.read(gate, 1)")
    assert [each["msg_type"] for each in kernel.finish(first)] == ["status", "execute_input"]
    kernel.send("os.close(opened)")
    while (told := kernel.message())["msg_type"] != "display_data":
        pass
    assert told["parent_header"]["msg_id"] == first
    assert "line 1 of cell In[2]" in told["content"]["data"]["text/plain"]
    assert kernel.run("os.wait()\n" + ALONE) == "True\n"


def test_child_in_a_comm_handler_ends_with_it(kernel: Any) -> None:
    """A widget's callback runs outside any cell."""
    kernel.run(f"import autograder\nfrom ipykernel.comm import Comm\n{KERNEL}")
    handler = "def clicked(message):\n    global pid\n    pid = os.fork()"
    opened = kernel.finish(kernel.send(f"{handler}\ncomm = Comm('panel')\ncomm.on_msg(clicked)"))
    number = next(each["content"]["comm_id"] for each in opened if "comm_id" in each["content"])
    message = kernel.client.session.msg("comm_msg", {"comm_id": number, "data": {}})
    kernel.client.shell_channel.send(message)
    text = kernel.run(f"{STATUS}\n{ALONE}")
    assert text == "0\nTrue\n"
