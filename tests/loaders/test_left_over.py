"""Texts that hold the marks of another form or encoding are read, and said to."""

from pathlib import Path

import pytest

from sco_research.loaders import load_document

PROSE = "The Parties’ ministers met – at the lake – and “agreed” on the plan’s aims & its café."
RUSSIAN = "Главы государств заявляют, что стороны будут продолжать сотрудничество."
FAULTS = {
    "decoded in a wrong encoding": PROSE.encode().decode("cp1252", "replace"),
    "in a wrong encoding": RUSSIAN.encode().decode("cp1252", "replace"),
    "as HTML writes them": PROSE.replace("’", "&rsquo;").replace("&", "&amp;", 1),
    "encoded as a mail": "The Parties=E2=80=99 ministers met and agreed on the=\n plan.",
    "commands of TeX": r"\section{Peace} The Parties \emph{met} again. \textbf{They} agreed.",
    "a font's letters": "(cid:36)(cid:87)(cid:3)(cid:87)(cid:75) The Parties met at the lake.",
    "a mail or a web archive": "MIME-Version: 1.0\nContent-Type: text/plain\n\nThe Parties met.",
    "bytes of zero": PROSE.replace(" ", "\0"),
}


def notices(folder: Path, text: str) -> list[str]:
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return [one for one in load_document(path).notices if one.startswith("the text ")]


@pytest.mark.parametrize("fault", FAULTS)
def test_marks_of_another_form_are_told(tmp_path: Path, fault: str) -> None:
    (said,) = notices(tmp_path, FAULTS[fault])
    assert fault in said
    assert ";" in said, "the mend is said too"


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        RUSSIAN,
        "Les États-Unis, « Ça va », A Coruña, Århus, Ðakovo, Âge d'or, à 10 % près.",
        "AT&T; R&D and Q&A; x = 3 and y = AB; C:\\begin, content: type. See (cid) 3.",
    ],
)
def test_signs_of_prose_are_no_marks(tmp_path: Path, text: str) -> None:
    assert notices(tmp_path, text) == []
