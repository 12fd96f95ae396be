"""What the README shows a newcomer is true."""

import re
from pathlib import Path


def test_the_python_example_runs(checkout: Path) -> None:
    text = (checkout / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    assert {"document", "undertakings"} <= set(names)


def test_every_file_it_names_is_there(checkout: Path) -> None:
    for page in ("README.md", "CONTRIBUTING.md", "data/README.md"):
        text = (checkout / page).read_text(encoding="utf-8")
        for name in re.findall(r"\]\((?!https?:|#)([^)]+)\)", text):
            # A page's HTML is built, its other files are committed.
            assert ((checkout / page).parent / name).exists(), f"{page}: {name}"
