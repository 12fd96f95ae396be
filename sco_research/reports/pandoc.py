"""pandoc, called the same way everywhere: offline, without the settings of whoever calls."""

import logging
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sco_research.errors import RunError
from sco_research.reports.look import HOUSE


def run_pandoc(
    options: Sequence[str], *, text: str | None = None, folder: Path | None = None, time: int = 0
) -> str:
    """Run pandoc and return what it prints.

    Parameters
    ----------
    options : sequence of str
        Its command line.
    text : str, optional
        What it reads from its standard input.
    folder : Path, optional
        Where it runs.
    time : int
        The time, in seconds since 1970, that it takes for now.

    Raises
    ------
    RunError
        Where it is missing or refuses.
    """
    import pypandoc

    # It prints a traceback of its own for what is one error here.
    logging.getLogger("pypandoc").disabled = True
    try:
        program = pypandoc.get_pandoc_path()
    except OSError:
        raise RunError("pandoc is missing; install the package pypandoc_binary") from None
    done = subprocess.run(
        # No template, filter or style of the person who runs it.
        [program, f"--data-dir={HOUSE}", "--wrap=none", *options],
        cwd=folder,
        # It reads the case of titles by the caller's language, where it is not told another.
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": str(time),
            "LC_ALL": "C.UTF-8",
            "LANG": "en_US.UTF-8",
        },
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        # Where in its own code it stopped says nothing to the reader.
        told = " ".join(done.stderr.partition("CallStack (from")[0].split())
        reason = told or f"exit status {done.returncode}"
        raise RunError(f"pandoc cannot render it: {reason}")
    return done.stdout
