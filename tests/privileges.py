"""Being refused what root may do: so that a test of permissions runs in a container too."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def without_privileges(folder: Path) -> Iterator[None]:
    """Do what is in the block as a user whom permissions bind.

    Of root's, the test's own folders are opened to others. What a call imports or reads for itself
    should be known before: a checkout may be root's alone.
    """
    if os.geteuid() != 0:
        yield
        return
    for own in (folder, *(up for up in folder.parents if "pytest" in str(up))):
        own.chmod(own.stat().st_mode | 0o055)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
