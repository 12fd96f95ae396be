"""Processes that end with the one that started them, and that take no endless time.

A killed process cannot end what it has started. On Linux the system does, by the death signal of
prctl(2), which a child asks for itself. Elsewhere a child lives on until its limit of processor
time is over, or until it reads that its input has ended.

This file is also a script, run by `tied` in the child before the program itself.
"""

import os
import sys

_SET_DEATH_SIGNAL = 1  # prctl(2): PR_SET_PDEATHSIG
_KILL = 9


def tied(command: list[str], *, seconds: int) -> list[str]:
    """Return the command line that runs a program tied to this process.

    The thread that starts it must wait for it: to the system, the thread is the parent.

    Parameters
    ----------
    command : list of str
        The program, by its path, and its arguments.
    seconds : int
        How much processor time it may take before the system ends it.

    Returns
    -------
    list of str
        A longer command line; on Windows the same one.

    Examples
    --------
    >>> import subprocess
    >>> command = tied([sys.executable, "-c", "print(6 * 7)"], seconds=10)
    >>> subprocess.run(command, capture_output=True, text=True).stdout.strip()
    '42'
    """
    if os.name != "posix":
        return command
    # Without site and the user's settings Python starts in the tenth of the time.
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(seconds), *command]


def end_with(parent: int) -> None:
    """Have the system end this process when its parent ends, and end it now if that is gone."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, _KILL, 0, 0, 0)
        # It may have ended before that was asked for.
        if os.getppid() != parent:
            os._exit(1)


def _main(parent: str, seconds: str, *command: str) -> None:
    import resource

    end_with(int(parent))
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(seconds) if most == resource.RLIM_INFINITY else min(int(seconds), most)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, most))
    os.execv(command[0], command)


if __name__ == "__main__":
    _main(*sys.argv[1:])
