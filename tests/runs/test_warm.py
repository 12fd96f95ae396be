"""A forked kernel is a kernel like any other: the same bytes, no orphan, nothing shared."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from sco_research.errors import RunError
from sco_research.runs.job import Limits
from sco_research.runs.kernels import forking
from sco_research.runs.kernels.manager import PROVISIONER, kernel_manager
from sco_research.runs.runner import run_report
from tests.patience import (
    PATIENCE,
    first_line,
    is_gone,
    run_to_its_end,
    started,
    wait_until,
)

NOTEBOOKS = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks kernels")


@pytest.fixture
def server(kernels: forking.WarmKernels) -> forking.ForkServer:
    """Return the warmed process, the same for every test that neither edits nor kills it."""
    found = kernels.server(forking.kernel_environment(os.environ))
    found.ready()
    return found


def run_code(code: str) -> str:
    """Run code in a warm kernel and return what it prints."""

    async def run() -> str:
        with kernel_manager(warm=True) as manager:
            await manager.start_kernel()
            client = manager.client()
            client.start_channels()
            printed = ""
            try:
                await client.wait_for_ready(PATIENCE)
                asked = client.execute(code)
                while True:
                    message = await client.get_iopub_msg(timeout=PATIENCE)
                    content = message["content"]
                    if message["parent_header"].get("msg_id") != asked:
                        continue
                    if message["msg_type"] in ("stream", "error"):
                        printed += content.get("text") or content["evalue"]
                    if content.get("execution_state") == "idle":
                        return printed
            finally:
                client.stop_channels()
                await manager.shutdown_kernel(now=True)

    return asyncio.run(run())


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def wait_until_still(server: forking.ForkServer) -> None:
    """Wait until a warmed process has read ahead what it can while nobody asks."""
    server.ready()
    looks: list[bool] = []

    def is_still() -> bool:
        looks.append(psutil.Process(server.pid).status() == psutil.STATUS_SLEEPING)
        return len(looks) > 50 and all(looks[-50:])

    wait_until(is_still, "the warmed process has read ahead")


def test_the_entry_point_is_there() -> None:
    assert PROVISIONER in KernelProvisionerFactory().get_provisioner_entries()


@pytest.mark.parametrize("notebook", ["whole", "draws-inline"])
def test_warm_and_cold_give_the_same_bytes(
    server: forking.ForkServer, tmp_path: Path, notebook: str
) -> None:
    before = len(server.ends)
    made = [
        everything_in(
            run_report(
                "sco-2013-bishkek",
                NOTEBOOKS / f"{notebook}.ipynb",
                output_folder=tmp_path / str(cold),
                limits=Limits(cold=cold),
            )
        )
        for cold in (False, True)
    ]
    assert made[0] == made[1]
    # The first was forked, the second not: else nothing has been compared.
    assert len(server.ends) == before + 1
    if notebook == "draws-inline":
        assert b"image/png" in made[0]["draws-inline.ipynb"]


def test_it_has_one_thread_and_everything_it_should(server: forking.ForkServer) -> None:
    assert server.ready()["missing"] == []
    wait_until_still(server)
    wait_until(lambda: psutil.Process(server.pid).num_threads() == 1, "one thread")
    server.end_of(0)
    assert server.notes == []


def test_no_two_kernels_draw_the_same_numbers(server: forking.ForkServer) -> None:
    code = "import random, numpy; print(random.random(), numpy.random.random())"
    first, second = run_code(code).split(), run_code(code).split()
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_wide_table_is_printed_as_a_cold_kernel_does(server: forking.ForkServer) -> None:
    before = len(server.ends)
    code = "import pandas; print(pandas.DataFrame({f'a_long_column_{n}': [n] for n in range(9)}))"
    shown = run_code(code)
    assert len(server.ends) == before + 1
    # pandas leaves columns out where it takes its reader for a terminal's.
    assert all(f"a_long_column_{number}" in shown for number in range(9))


def test_outside_of_the_block_nothing_is_warmed_and_nothing_stays(tmp_path: Path) -> None:
    code = (
        "import logging, sys\n"
        "from pathlib import Path\n"
        "import psutil\n"
        "from papermill.engines import papermill_engines\n"
        "def state():\n"
        "    loggers = [logging.getLogger(name) for name in ('papermill', 'traitlets')]\n"
        "    levels = [(logger.level, list(logger.filters)) for logger in loggers]\n"
        "    return levels, sorted(map(str, papermill_engines._engines))\n"
        "before = state()\n"
        "from sco_research import run_report\n"
        "made = run_report('sco-2013-bishkek', sys.argv[1], output_folder=sys.argv[2])\n"
        "assert (made / 'report.html').is_file()\n"
        "print(state() == before, psutil.Process().children(recursive=True))\n"
    )
    done = run_to_its_end([sys.executable, "-c", code, NOTEBOOKS / "whole.ipynb", tmp_path])
    assert (done.stdout, done.returncode) == ("True []\n", 0), done.stderr


def test_without_an_owner_no_process_is_warmed() -> None:
    """Whoever needs no kernel after all does not wait for libraries that are still read."""
    ours, theirs = socket.socketpair()
    ours.close()
    module = "sco_research.runs.kernels.forkserver"
    command = [sys.executable, "-X", "importtime", "-m", module, str(theirs.fileno())]
    with theirs:
        done = run_to_its_end(command, pass_fds=[theirs.fileno()])
    assert done.returncode == 0, done.stderr
    read = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "sco_research.runs.kernels.warmup" in read
    assert read.isdisjoint({"ipykernel", "pandas", "matplotlib"})


LAUNCHES = 40


def handles_and_threads(server: forking.ForkServer) -> list[int]:
    """Return how many of either we and the warmed process have open."""
    both = [psutil.Process(pid) for pid in (os.getpid(), server.pid)]
    return [count() for process in both for count in (process.num_fds, process.num_threads)]


def test_many_launches_leave_nothing_behind(server: forking.ForkServer) -> None:
    env = forking.kernel_environment(os.environ)
    wait_until_still(server)
    before = handles_and_threads(server)
    for _ in range(LAUNCHES):
        # Without a connection file of its own it starts, and is killed on the way.
        pid = server.launch(["-f", "/nonexistent/k.json"], env=env, cwd="/", memory=0)
        os.killpg(pid, signal.SIGKILL)
        kernel = forking.ForkedKernel(server, pid)
        assert kernel.wait() == -signal.SIGKILL
    wait_until(lambda: psutil.Process(server.pid).children() == [], "the end of every kernel")

    def is_as_before() -> bool:
        # What either opens once for itself is no leak; what each launch left would be as many.
        return all(
            now < then + LAUNCHES // 4
            for now, then in zip(handles_and_threads(server), before, strict=True)
        )

    wait_until(is_as_before, f"about {before} handles and threads")


def test_a_killed_owner_leaves_no_process(tmp_path: Path) -> None:
    code = (
        "import os, time\n"
        "from sco_research.runs.kernels import forking\n"
        "env = forking.kernel_environment(os.environ)\n"
        "server = forking.WarmKernels().server(env)\n"
        f"pid = server.launch(['-f', {str(tmp_path / 'k.json')!r}], env=env, cwd='/', memory=0)\n"
        "print(server.pid, pid, flush=True)\n"
        "time.sleep(3600)\n"
    )
    with started([sys.executable, "-c", code], stdout=subprocess.PIPE) as owner:
        pids = [int(word) for word in first_line(owner).split()]
        assert len(pids) == 2
        assert all(psutil.pid_exists(pid) for pid in pids)
        owner.kill()
        wait_until(lambda: all(map(is_gone, pids)), "the end of the warmed process and its kernel")


@pytest.mark.parametrize("cold", [False, True])
def test_a_kernel_that_wants_too_much_is_told_so(tmp_path: Path, cold: bool) -> None:
    limits = Limits(memory=2 << 30, cold=cold)
    with pytest.raises(RunError, match=r"hungry: cell 4 stopped: MemoryError"):
        run_report(
            "sco-2013-bishkek", NOTEBOOKS / "hungry.ipynb", output_folder=tmp_path, limits=limits
        )


@pytest.mark.parametrize(
    ("limits", "complaint"),
    [
        (Limits(cell_seconds=1), r"sleeps: cell \d stopped: it took longer than 1 seconds"),
        (Limits(report_seconds=4), r"sleeps: .*the report took longer than 4 seconds"),
    ],
)
def test_what_takes_too_long_is_stopped(tmp_path: Path, limits: Limits, complaint: str) -> None:
    with pytest.raises(RunError, match=complaint):
        run_report(
            "sco-2013-bishkek", NOTEBOOKS / "sleeps.ipynb", output_folder=tmp_path, limits=limits
        )
    assert (tmp_path / "_failed" / "sco-2013-bishkek" / "sleeps.ipynb").is_file()


def test_a_report_whose_time_is_over_before_its_kernel_starts_is_stopped(tmp_path: Path) -> None:
    limits = Limits(report_seconds=0.001)
    with pytest.raises(RunError, match=r"sleeps: .*the report took longer than 0\.001 seconds"):
        run_report(
            "sco-2013-bishkek", NOTEBOOKS / "sleeps.ipynb", output_folder=tmp_path, limits=limits
        )


@pytest.mark.parametrize("cold", [False, True])
def test_temporary_files_of_a_notebook_go_with_its_kernel(tmp_path: Path, cold: bool) -> None:
    content = json.loads((NOTEBOOKS / "whole.ipynb").read_text(encoding="utf-8"))
    made = "import tempfile\nfrom pathlib import Path\nmade = tempfile.mkdtemp()\n"
    (cell,) = [cell for cell in content["cells"] if "report.save()" in "".join(cell["source"])]
    told = f"(Path({str(tmp_path)!r}) / 'told').write_text(made)\n"
    cell["source"] = made + told + "".join(cell["source"])
    (tmp_path / "whole.ipynb").write_text(json.dumps(content), encoding="utf-8")
    run_report(
        "sco-2013-bishkek",
        tmp_path / "whole.ipynb",
        output_folder=tmp_path / "out",
        limits=Limits(cold=cold),
    )
    assert not Path((tmp_path / "told").read_text()).exists()


# Last, since they need warmed processes of their own.
def test_changed_source_is_never_stale(
    kernels: forking.WarmKernels, server: forking.ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = forking.kernel_environment(os.environ)
    assert kernels.server(env) is server
    monkeypatch.setattr(forking, "package_hash", lambda: "edited")
    second = kernels.server(env)
    assert second is not server
    wait_until(lambda: is_gone(server.pid), "the end of the first")
    kernels.close()


def test_a_kernel_has_its_own_environment_folder_and_arguments(
    kernels: forking.WarmKernels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = kernels.server(forking.kernel_environment(os.environ))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCO_TEST_ONLY", "two words")
    code = (
        "import os, sys; print(os.environ['SCO_TEST_ONLY'], os.getcwd(), sys.argv[0][-21:], "
        "os.environ.get('JE_ARROW_MALLOC_CONF'), os.getpgid(0) == os.getpid())"
    )
    assert run_code(code).split() == [
        "two", "words", str(tmp_path), "ipykernel_launcher.py", "None", "True",
    ]  # fmt: skip
    # What is read at import may hang on the variable: another process has been warmed.
    assert server.lost
    other = kernels.server(forking.kernel_environment(os.environ))
    assert other is not server
    # Killed, it is replaced, and its kernels end with it.
    pid = other.launch(["-f", str(tmp_path / "k.json")], env=os.environ, cwd="/", memory=0)
    os.kill(other.pid, signal.SIGKILL)
    wait_until(lambda: is_gone(pid), "the end of the kernel")
    assert forking.ForkedKernel(other, pid).wait() == -signal.SIGKILL
    assert run_code("print('alive')") == "alive\n"
