"""A notebook run elsewhere, by other settings, at another time, gives the same bytes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NOTEBOOK = Path(__file__).resolve().parent.parent / "fixtures" / "notebooks" / "whole.ipynb"


def run(folder: Path, **settings: str) -> dict[str, bytes]:
    """Run the notebook in a folder of its own, and return every file of its report."""
    folder.mkdir(parents=True)
    (folder / "own.txt").write_text("We will meet.\n\nWe will act.", encoding="utf-8")
    shutil.copy(NOTEBOOK, folder)
    command = [sys.executable, "-m", "sco_research", "report", "own.txt", "-n", "whole.ipynb"]
    subprocess.run(
        [*command, "--output", "reports", "--format", "all"],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), **settings},
        check=True,
        capture_output=True,
    )
    base = folder / "reports"
    return {
        path.relative_to(base).as_posix(): path.read_bytes()
        for path in base.rglob("*")
        if path.is_file() and path.name != "run-log.jsonl"
    }


def test_two_places_two_settings_the_same_bytes(tmp_path: Path) -> None:
    one = run(tmp_path / "a", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8", USER="one")
    other = run(
        tmp_path / "another place" / "ünder it",
        PYTHONHASHSEED="99",
        TZ="Asia/Bishkek",
        LC_ALL="C",
        LANG="ru_RU.UTF-8",
        USER="other",
        COLUMNS="40",
        SOURCE_DATE_EPOCH="1",
    )
    kinds = {Path(name).suffix for name in one}
    assert kinds >= {".html", ".pdf", ".docx", ".tex", ".csv", ".parquet", ".ipynb", ".json"}
    assert [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)] == []
