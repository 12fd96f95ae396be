"""The command line called many times: each call is a process of its own, with its modules there.

What a command needs is imported once, in a process that does nothing but fork: a call costs what it
does, and not the second that the imports take. How a call starts is held where it is real.
"""

import multiprocessing
import os
import runpy
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.patience import PATIENCE, mark_and_kill

_CALLED = Path(__file__).with_name("called.py")
_NEEDED = ["pandas", "sco_research.cli.main", "sco_research.coding", "sco_research.loaders"]


def run_command(
    *words: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run ``sco-research`` with these words to its end; return its status and what it wrote."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(_NEEDED)
    with tempfile.TemporaryDirectory() as folder, mark_and_kill() as mark:
        streams = [Path(folder) / name for name in ("output", "complaint")]
        environment = {**(os.environ if env is None else env), **mark}
        asked = ([*words], str(cwd or Path.cwd()), environment, [*map(str, streams)])
        process = forks.Process(
            target=runpy.run_path, args=(str(_CALLED),), kwargs={"init_globals": {"ASKED": asked}}
        )
        process.start()
        try:
            process.join(PATIENCE)
            assert process.exitcode is not None, f"{words}: does not end"
            written = [path.read_text(encoding="utf-8") for path in streams]
            return subprocess.CompletedProcess(["sco-research", *words], process.exitcode, *written)
        finally:
            process.kill()
            process.join()
            process.close()
