"""The language of a text, by its script, its function words and the bundled model."""

import subprocess
import sys
from pathlib import Path

import pytest

from sco_research.coding.commitments.coder import code_speech_acts, find_commitments
from sco_research.coding.stance import stance_forms
from sco_research.coding.themes import code_themes
from sco_research.errors import ParameterError
from sco_research.loaders import load_document
from sco_research.loaders.registry import LANGUAGE_UNKNOWN
from sco_research.metrics.measurement import measure
from sco_research.text.document import Document
from sco_research.text.language import language_name, language_of, may_be

# The same sentence of a summit in the languages in which summits publish.
SENTENCES = {
    "en": "The member states reaffirm their commitment to work together for peace.",
    "fr": "Les États membres réaffirment leur engagement à travailler ensemble pour la paix.",
    "es": "Los Estados miembros reafirman su compromiso de trabajar juntos por la paz.",
    "pt": "Os Estados membros reafirmam o seu compromisso de trabalhar em conjunto pela paz.",
    "de": "Die Mitgliedstaaten bekräftigen ihre Verpflichtung zur Zusammenarbeit für Frieden.",
    "nl": "De lidstaten bevestigen dat zij zich inzetten voor samenwerking in de regio.",
    "tr": "Üye devletler barış için birlikte çalışma taahhütlerini yineler.",
    "vi": "Các quốc gia thành viên tái khẳng định cam kết hợp tác cùng nhau.",
    "uz": "Tashkilotga aʼzo davlatlar rahbarlari Toshkentda uchrashib, quyidagilarni bildiradilar.",
    "ru": "Главы государств-членов Организации по итогам заседания заявляют о следующем.",
    "uk": "Глави держав-членів Організації за підсумками засідання заявляють про таке.",
    "be": "Кіраўнікі дзяржаў-членаў Арганізацыі заяўляюць наступнае.",
    "ky": "Уюмга мүчө мамлекеттердин башчылары Бишкек шаарында жолугушуп, төмөнкүнү билдиришти.",
    "kk": "Ұйымға мүше мемлекеттердің басшылары Астана қаласында кездесіп, мыналарды мәлімдейді.",
    "tg": "Сарони давлатҳои аъзои Созмон дар шаҳри Душанбе мулоқот намуда, изҳор медоранд.",
    "mn": "Гишүүн орнуудын тэргүүнүүд дараахь зүйлийг мэдэгдэж байна.",
    "zh": "成员国元首在比什凯克举行会议,声明如下。",
    "ja": "加盟国の首脳は以下のとおり宣言する。",
    "ar": "أعلن رؤساء الدول الأعضاء ما يلي بعد اجتماعهم في بيشكك.",
    "fa": "سران کشورهای عضو سازمان پس از نشست خود اعلام می‌کنند.",
    "ko": "회원국 정상들은 다음과 같이 선언한다. 우리는 평화를 위해 협력한다.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_each_language_is_itself(language: str) -> None:
    assert language_of(SENTENCES[language]) == language
    assert language_of(SENTENCES[language].upper()) == language, "in capitals"
    assert not language_name(language).startswith("language")


@pytest.mark.parametrize("text", ["Bonjour", "Paix.", "Мир", "Beyrouth", "123", "—", ""])
def test_a_word_or_two_are_in_no_language_that_can_be_told(text: str) -> None:
    assert language_of(text) == "und"


def test_most_of_a_text_decides() -> None:
    quoted = "The states « réaffirment leur engagement » and will work together for the peace."
    assert language_of(quoted) == "en"
    assert language_of(f"{SENTENCES['fr']} They said: we met. {SENTENCES['fr']}") == "fr"
    assert language_of(f"Annex 1. {SENTENCES['ru']}") == "ru"


def test_rules_hold_for_their_language_and_for_what_may_be_in_it() -> None:
    assert may_be("en", "We met.", "en")
    assert may_be("und", "123.", "en"), "no letters, nothing to mistake"
    assert not may_be("und", "Paix.", "en"), "whatever it is, nobody knows that it is English"
    assert not may_be("und", "Мы встретились.", "en"), "another script"
    assert not may_be("en", SENTENCES["ru"], "en"), "whatever is said of it"
    assert not may_be("fr", SENTENCES["fr"], "en")
    assert may_be("zh", "元首们", "zh")


UNSURE = {
    "a word": "Silence",
    "two languages": "Terrorism drogues seguridad Frieden",
    "French words that are English too": "Nations et justice",
    "Latin": "Civitates sociae fidem pacis et securitatis regionis iterum confirmant.",
}
TOLD = ["fr", "es", "pt", "de", "nl", "tr", "vi", "uz", "ru", "ky", "zh", "ar"]


@pytest.mark.parametrize("text", UNSURE.values(), ids=UNSURE)
def test_a_text_of_which_the_model_is_unsure_is_not_taken_for_english(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    document = Document.from_text(text, id="note")
    assert document.metadata.language == "und"
    with caplog.at_level("WARNING"):
        assert code_themes(document).empty
    (said,) = caplog.messages
    assert said.endswith("where it is in English, load it with language='en'")
    with pytest.raises(ParameterError, match="load it with language='en'"):
        find_commitments(document)
    told = Document.from_text(text, id="note", language="en")
    caplog.clear()
    find_commitments(told)
    code_themes(told)
    assert not caplog.messages, "the caller's word counts"


@pytest.mark.parametrize(
    "text", ["Drugs kill.", "Energy security", "Trade grows fast.", "Joint statement"]
)
def test_a_few_words_that_can_only_be_english_are_english(text: str) -> None:
    assert language_of(text) == "en"


def test_a_file_in_an_unknown_language_bears_a_notice_until_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(UNSURE["Latin"], encoding="utf-8")
    document = load_document(path)
    assert document.metadata.language == "und"
    assert [notice for notice in document.notices if "language" in notice] == [LANGUAGE_UNKNOWN]
    told = load_document(path, language="en")
    assert told.metadata.language == "en"
    assert LANGUAGE_UNKNOWN not in told.notices
    with pytest.raises(ParameterError, match="'English': is no ISO 639-1 code; give two"):
        load_document(path, language="English")


@pytest.mark.parametrize("language", [*TOLD, "und"])
def test_every_analysis_says_that_it_has_no_rules_for_a_language(
    language: str, caplog: pytest.LogCaptureFixture
) -> None:
    text = UNSURE["Latin"] if language == "und" else f"{SENTENCES[language]} Terrorism!"
    document = Document.from_text(text, id="note")
    name = f"{language_name(language)} ('{language}')"
    for analysis in (code_speech_acts, find_commitments):
        with pytest.raises(ParameterError, match="English only") as raised:
            analysis(document)
        assert name in str(raised.value)
        assert "\n" not in str(raised.value)
    with caplog.at_level("WARNING"):
        assert code_themes(document).empty
    (said,) = caplog.messages
    assert name in said
    assert "\n" not in said
    assert stance_forms(document)["hits"].isna().all()
    measures = measure(document)
    ease = measures[(measures["metric"] == "dale_chall_1995") & (measures["level"] == "document")]
    assert ease["value"].isna().all()
    assert ease["flag"].str.len().gt(0).all(), "with the reason"


def test_a_text_in_english_reads_no_model(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from sco_research import load_document\n"
        "load_document('sco-2013-bishkek')\n"
        "from sco_research.text.language import language_of\n"
        f"assert language_of({SENTENCES['en']!r}) == 'en'\n"
        "assert 'py3langid' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_long_text_with_another_language_in_it_is_read_whole(place: int) -> None:
    parts = [SENTENCES["en"]] * 2
    parts.insert(place, " ".join([SENTENCES["ru"]] * 100))
    assert language_of(f" {' '.join([SENTENCES['en']] * 20)} ".join(parts)) == "ru"


def test_words_with_letters_of_other_alphabets_are_one_word_each() -> None:
    # With their accented letters as blanks, "t" and "the" of "théthe" would be English words.
    text = " ".join(["théthe", "ofà", "tôand", "Ìto"] * 8)
    assert language_of(text) != "en"
    assert language_of(f"{text} the and of to we will shall with that this") == "en"
