"""Where sentences end after the short forms of official prose, and where they do not."""

import pytest

from sco_research.text.sentences import sentence_spans


def sentences(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    "expected",
    [
        ["We use the ASEAN-U.S. Health Futures initiative.", "It grows."],
        ["The Mekong-U.S. Partnership (MUSP) and the Lake/U.K. Fund hold.", "They pay."],
        ["They met in the Lake-U.S.", "The Parties agreed."],
        ["They met in the U.S.", "They agreed to meet in the U.N. Security Council."],
        ["They support the U.N.", "This is its home."],
        ["They recall U.N. Doc. A/RES/60/1 and Doc. S/2013/50.", "It holds."],
        ["See Prot. No. 2 and Reg. (EC) No. 44.", "See Supp. No. 49 and Add. 1."],
        ["It is in Chap. IV of the Charter.", "Chap. II holds."],
        ["It was signed on Sept. 13, 2013 by N.A. Nazarbayev.", "It came in Dec.", "They left."],
        ["They keep a doc.", "A treaty is more."],
        ["The firm is the No. 2 and No. 3 seller in the U.S. and Asia.", "It grows."],
        ["They will act…", "They agree."],
        ["IV. We reaffirm the plan of King Leopold I. and his heirs.", "They agree."],
        ["They will act … and go on.", "They agree."],
        ["They met.", "(They agreed on the plan.)", "They left."],
        ["They met (in the U.S.) and agreed.", "They left."],
        ["It takes max. 10 tons of app. B.", "See Ord. No. 3 and pt. II.", "They agree."],
        ["They meet in St. Kitts and Ste. Marie.", "They work, e.g., in trade, i.e. in goods."],
    ],
)
def test_english_short_forms(expected: list[str]) -> None:
    assert sentences(" ".join(expected), "en") == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["Договор подписан в 2014 г.", "Стороны довольны."],
        ["В 2014 г. Стороны подписали договор.", "Он действует."],
        ["15 июня 2001 г. Озёрная организация была создана.", "Она растёт."],
        ["В соответствии с Декларацией от 7 июня 2012 г. Стороны договорились."],
        ["В 2014 г. страны заключили договор, а он изменён в 2016 г.", "Стороны довольны."],
        ["Он принят на 2014-2016 гг.", "Стороны рады."],
        ["Президент В.В. Путин и С.Ш. Мирзиёев встретились.", "Они рады."],
        ["Это произошло в XX в.", "Они рады."],
        ["«Мы согласны.", "Мы будем работать».", "Стороны рады."],
        ["Встреча в пос. Чолпон-Ата прошла.", "Начало в 10 час. 30 мин.", "Стороны рады."],
        ["Протокол подписан 13.09.2013 г.", "Стороны довольны."],
        ["Объем составил 5 млрд. долл.", "Стороны довольны."],
        ["Объем составил 5 млрд. долл. США.", "Стороны довольны."],
        ["Объем составил 5 млн. руб. и вырос.", "Собрались 5 тыс. чел.", "Стороны рады."],
        ["Они строят дороги и т.д.", "Государства рады."],
        ["Они строят мосты и т. п.", "Государства рады и т.д. и т.п. не пишут."],
        ["Они, т.е. Стороны, согласны.", "Они рады."],
        ["Стороны встретились 5 янв. 2016 г. в г. Ташкенте.", "Они рады."],
        ["Это было в дек.", "Стороны рады."],
        ["См. п. 3, гл. 2 и док. A/RES/60/1.", "Он принят."],
    ],
)
def test_russian_short_forms_both_ways(expected: list[str]) -> None:
    assert sentences(" ".join(expected), "ru") == expected


def test_a_french_title_of_one_letter_ends_no_sentence() -> None:
    expected = ["M. Dupont et MM. Durand signent.", "Ils partent."]
    assert sentences(" ".join(expected), "fr") == expected
    assert sentences("We keep Plan M. They agree.", "en") == ["We keep Plan M.", "They agree."]


@pytest.mark.parametrize("mark", ["“", "«", "(", "[", "‘"])
def test_marks_that_are_never_closed_cost_no_look_to_the_end(mark: str) -> None:
    text = f"{mark}We will open. " * 60
    asked: list[str] = []

    def segment(code: str, given: str) -> list[str]:
        asked.append(given)
        return [given]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sco_research.text.sentences.sentencex.segment", segment)
        sentence_spans(text, "en")
    assert mark not in asked[0]
    assert len(asked[0]) == len(text)
    assert len(sentence_spans(text, "en")) == 60
    assert sentence_spans("“We met. We act.” They agreed.", "en")
