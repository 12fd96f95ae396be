"""Two clean clones at different places, under different settings, make the same bytes.

Run with the environment's Python: ``.venv/bin/python tests/soak/two_clones.py``. Every bundled
report is made in all four formats in two clones whose paths, hash seeds, time zones, languages,
users, file modes, temporary folders and hours differ, and every file is compared. As root on
Linux the second run is another user's. Writes ``results/two_clones.txt``; exit code 1 where a byte
differs.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULT = Path(__file__).with_name("results") / "two_clones.txt"
NOBODY = "65534"
# It takes several texts.
COMPARISON, OTHERS = "comparison", "tests/fixtures/corpus"
# It says when each report was made, and how long that took.
# They hold the hour, and are outside what a report is.
OF_THE_HOUR = ("run-log.jsonl", "batch.csv")
ONE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
OTHER = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Pacific/Kiritimati",
    "LANG": "ru_RU.UTF-8",
    "LC_ALL": "C",
    "LANGUAGE": "zh",
    "USER": "somebody",
    "LOGNAME": "somebody",
    "SOURCE_DATE_EPOCH": "1",
    "COLUMNS": "40",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "svg",
}


def as_another_user() -> list[str]:
    """Return the command that runs another as somebody else who may still read what root may."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("setpriv"):
        return []
    may = "+dac_override,+dac_read_search"
    return [
        *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
        *(f"--inh-caps={may}", f"--ambient-caps={may}"),
    ]


def make(clone: Path, home: Path, settings: dict[str, str], prefix: list[str], mask: int) -> Path:
    """Clone the working tree's commit, make all its reports there, and return their folder."""
    clone.parent.mkdir(parents=True)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    home.mkdir()
    if prefix:
        for path in [clone.parent, home, clone, *clone.rglob("*")]:
            os.chown(path, int(NOBODY), int(NOBODY), follow_symlinks=False)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(clone),
        "HOME": str(home),
        "TMPDIR": str(home),
        **settings,
    }
    names = sorted(path.stem for path in (clone / "notebooks").glob("*.ipynb"))
    alone = [word for name in names if name != COMPARISON for word in ("-n", name)]
    # By a path that is the same from both.
    together = ["-n", COMPARISON, "-p", f"others={OTHERS}"]
    command = [*prefix, sys.executable, "-m", "sco_research", "report", "--format", "all"]
    for options in (alone, together):
        # Not among the committed reports, which are the same in any two clones.
        subprocess.run(
            [*command, *options, "--output", "made"],
            cwd=clone,
            env=environment,
            umask=mask,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return clone / "made"


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file but the run log."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in OF_THE_HOUR
    }


def main() -> int:
    """Make both, compare, write the result."""
    prefix = as_another_user()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        base.chmod(0o755)
        one = hashes(make(base / "a" / "clone", base / "home", ONE, [], 0o022))
        time.sleep(2)
        long = base / "other place, with spaces and ünicode" / "a much longer folder name"
        other = hashes(make(long / "sco", base / "elsewhere", OTHER, prefix, 0o077))
    made = sum(name.endswith("/report.html") for name in one)
    differ = [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]
    kinds = Counter(Path(name).suffix for name in one)
    lines = [
        f"{len(one)} and {len(other)} files of {made} reports made in two clones; "
        f"{len(differ)} differ",
        "user: " + ("another" if prefix else "the same (not root, or no setpriv)"),
        "by kind: " + ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())),
        *(f"differs: {name}" for name in differ),
    ]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
