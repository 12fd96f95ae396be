"""A built wheel, installed elsewhere, reports the bundled declaration from any folder."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """Install the wheel of this checkout alone into a folder."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(checkout)], check=True)
    (wheel,) = folder.glob("sco_research-*.whl")
    target = folder / "site"
    install = [*pip, "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True)
    return target


def run(installed: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    # The wheel's folder comes before the checkout, whose path an editable install puts last.
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-P", *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_carries_its_data_and_notebooks(installed: Path) -> None:
    package = installed / "sco_research"
    for name in (
        "data/catalogue.toml",
        "data/declarations/sco-2013-bishkek.txt",
        "data/codebooks/themes.toml",
        "data/bibliography.bib",
        "data/bibliography.json",
        "data/references.json",
        "notebooks/language.ipynb",
        "data/fonts/DroidSansFallback.ttf",
        "reports/templates/report.css",
        "reports/templates/report.lua",
        "reports/templates/report.typst",
        "reports/templates/reference.docx",
        "CITATION.cff",
        "py.typed",
    ):
        assert (package / name).is_file(), name


def test_the_wheel_reports_from_any_folder(installed: Path, tmp_path: Path) -> None:
    where = run(installed, "-c", "import sco_research; print(sco_research.__file__)", cwd=tmp_path)
    assert where.stdout.startswith(str(installed)), where.stdout
    done = run(installed, "-m", "sco_research", "report", "-n", "language", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = tmp_path / "reports" / "sco-2013-bishkek" / "language"
    assert (report / "report.html").stat().st_size > 50_000
    assert "language/report.html\n" in done.stdout


def test_the_command_is_declared() -> None:
    assert (Path(sysconfig.get_path("scripts")) / "sco-research").is_file()
