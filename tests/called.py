"""Run in a forked process by `tests.commands`: a command with its own folder, streams and words."""

import os
import sys


def call(words: list[str], cwd: str, env: dict[str, str], streams: list[str]) -> None:
    """Do what a shell does for a command, then run it."""
    for number, path in enumerate(streams, start=1):
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(file, number)
        os.close(file)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["sco-research", *words]
    from sco_research.cli.main import main

    main()


if "ASKED" in globals():
    call(*globals()["ASKED"])
