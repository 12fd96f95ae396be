"""The fork server of the standard library beside ours: what each passes, and what a kernel costs.

Both are driven alike, by one client of ``jupyter_client``, in one run. The standard one is used by
what is documented of it: a context of `multiprocessing`, a list of modules to preload, and a
process for each kernel. What it must pass is the list of idea 8 of the design.
"""

import argparse
import ctypes
import json
import multiprocessing
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty

import psutil
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from sco_research.runs.kernels import forking
from sco_research.runs.kernels.forkserver import MODULES

RESULTS = Path(__file__).with_name("results") / "engines.json"
PATIENCE = 120
FIGURE = (
    "import pandas, matplotlib.figure, sco_research.topics.themes as t; "
    "figure = matplotlib.figure.Figure(); figure.subplots().plot([1, 2]); "
    "figure.savefig(__import__('io').BytesIO())"
)
STATE = (
    "import json, os, random, sys; print(json.dumps([os.getcwd(), [p for p in sys.path if p], "
    "os.environ.get('SCO_BENCH'), os.getpgid(0) == os.getpid(), random.random()]))"
)
# What a user's script without a guard would do, once it has been imported once more.
SCRIPT = """
import pathlib, sys
with open(sys.argv[1], "a") as file:
    file.write("run\\n")
sys.path.insert(0, sys.argv[2])
import engines
with getattr(engines, sys.argv[3])() as start:
    with engines.kernel(start) as (client, pid):
        engines.answer(client, "1")
"""
OWNER = """
import sys, time
sys.path.insert(0, sys.argv[1])
import engines
if __name__ == "__main__":
    with getattr(engines, sys.argv[2])() as start, engines.kernel(start) as (client, pid):
        engines.answer(client, "1")
        import psutil
        print(*(child.pid for child in psutil.Process().children(recursive=True)), flush=True)
        time.sleep(600)
"""
LEFT = """
import sys, time
sys.path.insert(0, sys.argv[1])
import engines, psutil
if __name__ == "__main__":
    with getattr(engines, sys.argv[2])() as start, engines.kernel(start) as (client, pid):
        engines.answer(client, "1")
    ended = engines.within(lambda: not psutil.Process().children(recursive=True))
    print(int(ended))
"""
Start = Callable[[str], int]
_SET_DEATH_SIGNAL = 1  # prctl(2): PR_SET_PDEATHSIG


def _become_kernel(connection: str, env: dict[str, str], cwd: str, script: str) -> None:
    """Be a kernel, in a process that the standard library has forked."""
    import random

    import numpy as np

    os.setsid()
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    # The folder of the caller's script, which no cold kernel has.
    sys.path[:] = [path for path in sys.path if path != script]
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    random.seed()
    np.random.seed()
    # A ZeroMQ context does not survive a fork, and the kernel ends with its parent.
    sys.modules["zmq"].Context._instance = None
    sys.argv = ["launcher", "-f", connection, f"--IPKernelApp.parent_handle={os.getppid()}"]
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()


@contextmanager
def standard() -> Iterator[Start]:
    """Give what starts a kernel from the standard library's fork server."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(MODULES))

    def start(connection: str) -> int:
        process = context.Process(
            target=_become_kernel,
            args=(connection, forking.kernel_environment(os.environ), str(Path.cwd()), sys.path[0]),
        )
        process.start()
        return int(process.pid or 0)

    yield start


@contextmanager
def ours() -> Iterator[Start]:
    """Give what starts a kernel from our warmed process."""
    kernels = forking.WarmKernels()
    env = forking.kernel_environment(os.environ)

    def start(connection: str) -> int:
        server = kernels.server(env)
        return server.launch(["-f", connection], env=env, cwd=str(Path.cwd()), memory=0)

    try:
        yield start
    finally:
        kernels.close()


@contextmanager
def cold() -> Iterator[Start]:
    """Give what starts a kernel as a new process."""

    def start(connection: str) -> int:
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", connection]
        command.append(f"--IPKernelApp.parent_handle={os.getpid()}")
        env = forking.kernel_environment(os.environ)
        process = subprocess.Popen(command, env=env, start_new_session=True)
        return process.pid

    yield start


@contextmanager
def kernel(start: Start) -> Iterator[tuple[BlockingKernelClient, int]]:
    """Start a kernel; give its client and its process, and kill it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        path, settings = write_connection_file(
            str(Path(folder, "k.json")), transport="ipc", ip=str(Path(folder, "k"))
        )
        pid = start(path)
        client = BlockingKernelClient()
        client.load_connection_info(settings)
        client.start_channels()
        try:
            _wait_for(client)
            yield client, pid
        finally:
            client.stop_channels()
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _wait_for(client: BlockingKernelClient) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        client.kernel_info()
        with suppress(Empty):
            client.get_shell_msg(timeout=1)
            return
    raise TimeoutError("the kernel did not answer")


def answer(client: BlockingKernelClient, code: str) -> str:
    """Run code in a kernel; return what it prints."""
    printed: list[str] = []

    def collect(message: dict[str, object]) -> None:
        content = message["content"]
        assert isinstance(content, dict)
        printed.append(str(content.get("text") or content.get("evalue") or ""))

    client.execute_interactive(code, timeout=PATIENCE, output_hook=collect)
    return "".join(printed)


def seconds_of(start: Start, runs: int) -> list[float]:
    """Return how long each kernel took until it had drawn its first figure."""
    taken = []
    for _ in range(runs):
        begin = time.monotonic()
        with kernel(start) as (client, _):
            told = answer(client, FIGURE)
            taken.append(time.monotonic() - begin)
            assert not told, told
    return taken


def _below(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def _is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def within(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Return whether a condition comes true in so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return condition()


def passes_without_guard(engine: str) -> bool:
    """Return whether a script without a main guard is run once."""
    with tempfile.TemporaryDirectory() as folder:
        script, marks = Path(folder, "script.py"), Path(folder, "marks")
        script.write_text(SCRIPT, encoding="utf-8")
        command = [sys.executable, str(script), str(marks), str(Path(__file__).parent), engine]
        # Where the script runs again in its kernel, that starts another, and none ever answers.
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as owner:
            try:
                status = owner.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                status = 1
                for process in [*_below(owner.pid), psutil.Process(owner.pid)]:
                    process.kill()
        return not status and marks.read_text(encoding="utf-8").count("run") == 1


def passes_killed_owner(engine: str) -> bool:
    """Return whether a killed owner leaves no process."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "owner.py")
        script.write_text(OWNER, encoding="utf-8")
        command = [sys.executable, str(script), str(Path(__file__).parent), engine]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
            assert owner.stdout is not None
            pids = [int(word) for word in owner.stdout.readline().split()]
            owner.kill()
        return bool(pids) and within(lambda: all(map(_is_gone, pids)))


def passes_end(engine: str) -> bool:
    """Return whether nothing is left where no more kernels are wanted and the owner lives on."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "left.py")
        script.write_text(LEFT, encoding="utf-8")
        command = [sys.executable, str(script), str(Path(__file__).parent), engine]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.split()[-1] == "1"


def _in_a_worker(engine: str, told: "multiprocessing.queues.Queue[bool]") -> None:
    try:
        with globals()[engine]() as start, kernel(start) as (client, _):
            told.put(answer(client, "print(1)") == "1\n")
    except AssertionError:
        told.put(False)


def passes_daemonic(engine: str) -> bool:
    """Return whether it works in a daemonic process, as Dask's workers are."""
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    worker = context.Process(target=_in_a_worker, args=(engine, told), daemon=True)
    worker.start()
    found = told.get(timeout=PATIENCE)
    worker.join()
    return bool(found)


def passes_state(engine: str) -> bool:
    """Return whether folder, module path, environment and randomness are a cold kernel's."""
    os.environ["SCO_BENCH"] = "two words"
    with globals()[engine]() as start, kernel(start) as (client, _):
        found = json.loads(answer(client, STATE))
    with cold() as start, kernel(start) as (client, _):
        expected = json.loads(answer(client, STATE))
    with globals()[engine]() as start, kernel(start) as (client, _):
        again = json.loads(answer(client, STATE))
    return bool(found[:4] == expected[:4] and found[4] != again[4])


def passes_interrupt(engine: str) -> bool:
    """Return whether a signal interrupts a cell and the kernel lives on."""
    with globals()[engine]() as start, kernel(start) as (client, pid):
        client.execute("import time; print('asleep'); time.sleep(600)")
        while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
            pass
        os.kill(pid, signal.SIGINT)
        client.get_shell_msg(timeout=PATIENCE)
        # What it is asked in the next moment it would take for part of what was interrupted.
        time.sleep(1)
        return answer(client, "print(7)").endswith("7\n")


CHECKS = {
    "a killed owner leaves no process": passes_killed_owner,
    "a script without a guard runs once": passes_without_guard,
    "works in a daemonic process, such as Dask's workers": passes_daemonic,
    "folder, path, environment, randomness as cold": passes_state,
    "a signal interrupts a cell, not the kernel": passes_interrupt,
    "nothing is left after the last kernel": passes_end,
}


def _median(values: list[float]) -> float:
    return round(statistics.median(values), 2)


def main() -> None:
    """Measure the engines in turn, and print and keep what was found."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--write", action="store_true", help="keep the results")
    given = arguments.parse_args()
    seconds: dict[str, list[float]] = {name: [] for name in ("standard", "ours", "cold")}
    with standard() as one, ours() as two, cold() as three:
        engines = dict(zip(seconds, (one, two, three), strict=True))
        first = {name: seconds_of(start, 1)[0] for name, start in engines.items()}
        # In turns, so that a busy machine is busy for all of them.
        for _ in range(given.runs):
            for name, start in engines.items():
                seconds[name] += seconds_of(start, 1)
    base = statistics.median(seconds["cold"])
    found: dict[str, object] = {
        "wall seconds to a first figure, median of the later kernels, cold = 1": {
            name: round(statistics.median(values) / base, 2) for name, values in seconds.items()
        },
        "the first kernel, with the warming up, cold = 1": {
            name: round(value / base, 2) for name, value in first.items()
        },
        "passes": {
            name: {engine: check(engine) for engine in ("standard", "ours")}
            for name, check in CHECKS.items()
        },
        "tells the peak memory of a killed kernel": {"standard": False, "ours": True},
        "peak memory of this run, MB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        // 1024,
    }
    text = json.dumps(found, indent=2) + "\n"
    print(text, end="")
    if given.write:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
