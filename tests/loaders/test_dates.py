"""Days and places in the forms that declarations name them in."""

import datetime
from pathlib import Path

import pytest

from sco_research.loaders import load_document
from sco_research.loaders.dates import parse_date
from sco_research.text.layout.datelines import is_dateline, meeting_in, place_in_dateline
from sco_research.text.layout.dates import find_date


@pytest.mark.parametrize(
    "text",
    [
        "September 13, 2013",
        "13-Sep-2013",
        "13 sept. 2013",
        "12-13 September 2013",
        "12th and 13th September 2013",
        "Friday, the thirteenth of September 2013",
        "this thirteenth day of September, two thousand and thirteen",
        "on the thirteenth day of September in the year twenty thirteen",
        "13 сент. 2013 г.",
        "13 сентября 2013 года",
        "13 вересня 2013",
        "le 13 septembre 2013",
        "den 13. September 2013",
        "13 de septiembre de 2013",
        "13 settembre 2013",
        "13 de setembro de 2013",
        "13 września 2013",
        "13.09.2013 г.",
        "13. 9. 2013",
        "2013-09-13T08:00",
        "２０１３年９月１３日",
        "二〇一三年九月十三日",
        "二○一三年九月十二日至十三日",
        "平成二十五年九月十三日",
        "2013년 9월 13일",
        "13 верасня 2013 года",
        "2013 жылғы 13 қыркүйек",
        "2013-жылдын 13-сентябры",
        "2013-yil 13-sentabr",
        "13 сентябри соли 2013",
        "13. září 2013",
        "13 septembrie 2013",
        "13 سبتمبر 2013",
        "\u0661\u0663 سبتمبر \u0662\u0660\u0661\u0663",
        "ngày 13 tháng 9 năm 2013",
        "13 Σεπτεμβρίου 2013",
        "13 ΣΕΠΤΕΜΒΡΙΟΥ 2013",
        "2013. szeptember 13.",
        "2013. szeptember 13-án",
        "13. syyskuuta 2013",
        "13. septembra 2013",
        "13. rujna 2013.",
        "2013. gada 13. septembrī",
        "2013 m. rugsėjo 13 d.",
        "13 септември 2013 г.",
        "13. септембра 2013. године",
        "13 ta’ Settembru 2013",
        "13 Meán Fómhair 2013",
        "den 13 september 2013",
        "13 shtator 2013",
        "13 Setyembre 2013",
        "2013 оны 9 дүгээр сарын 13",
        "13 सितंबर 2013",
        "১৩ সেপ্টেম্বর ২০১৩",
        "13 ستمبر 2013",
        "۱۳ سپتامبر ۲۰۱۳",
        "13 בספטמבר 2013",
        "2013 წლის 13 სექტემბერი",
        "2013 թ. սեպտեմբերի 13",
    ],
)
def test_one_day_in_many_forms(text: str) -> None:
    assert parse_date(text) == datetime.date(2013, 9, 13)


def test_a_month_of_two_languages_is_told_by_the_point_after_the_day() -> None:
    assert parse_date("31. listopada 2013.") == datetime.date(2013, 10, 31)
    assert parse_date("13 listopada 2013") == datetime.date(2013, 11, 13)


@pytest.mark.parametrize(
    ("text", "month"), [("9 HAZİRAN 2017", 6), ("9 KASIM 2017", 11), ("9 MAYIS 2017", 5)]
)
def test_turkish_months_in_capitals(text: str, month: int) -> None:
    assert parse_date(text) == datetime.date(2017, month, 9)


def test_a_day_of_a_month_with_a_vowel_sign_at_its_end() -> None:
    assert parse_date("26 जनवरी 2013") == datetime.date(2013, 1, 26)


@pytest.mark.parametrize("text", ["It began in 2013. May 5. was a Sunday.", "2013. m. 5"])
def test_a_year_that_ends_a_sentence_begins_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mai 2014", datetime.date(2014, 5, 1)),
        ("1º de mayo de 2014", datetime.date(2014, 5, 1)),
        ("13. März 2019", datetime.date(2019, 3, 13)),
        ("15 juin 2001", datetime.date(2001, 6, 15)),
        ("24 février 2022", datetime.date(2022, 2, 24)),
        ("5 янв. 2016 г.", datetime.date(2016, 1, 5)),
        ("一九九八年七月三日", datetime.date(1998, 7, 3)),
        ("the twenty-first day of May, nineteen ninety-eight", datetime.date(1998, 5, 21)),
        ("1 July one thousand nine hundred and seventy", datetime.date(1970, 7, 1)),
    ],
)
def test_days_of_other_months_and_centuries(text: str, day: datetime.date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "spring 2013",
        "31 February 2013",
        "2556年9月13日",
        "13 September 2556",
        "maybe 5 2013",
        "5 Marches",
    ],
)
def test_what_names_no_day(text: str) -> None:
    assert parse_date(text) is None


def test_a_year_to_come_is_no_year() -> None:
    text = "1 May 2031, after 2 May 2030"
    found = find_date(text, today=datetime.date(2030, 1, 1))
    assert found is not None
    assert (text[found.start : found.end], found.day.year) == ("2 May 2030", 2030)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Lakeside, le 13 septembre 2013", "Lakeside"),
        ("Fait à Lakeside, le 1er août 2016, en deux exemplaires.", "Lakeside"),
        ("Geschehen zu Wien am 13. März 2019", "Wien"),
        ("Hecho en Lakeside el 13 de septiembre de 2013", "Lakeside"),
        ("Done at Lakeside, this third day of May, two thousand and ten.", "Lakeside"),
        ("二〇一三年九月十三日于湖城", "湖城"),
        ("Zenda, 13-Sep-2013", "Zenda"),
        ("At Lakeside, this 13th day of May 2010", "Lakeside"),
    ],
)
def test_datelines_of_every_form(line: str, place: str) -> None:
    assert is_dateline(line)
    assert place_in_dateline(line) == place


@pytest.mark.parametrize(
    ("paragraph", "place", "day"),
    [
        ("The leaders met in Zenda, Ruritania on 5 May 2019.", "Zenda, Ruritania", (2019, 5, 5)),
        ("We, the Ministers, gathered in Port Ferry today.", "Port Ferry", None),
        (
            "The Heads, following the meeting of the Council in Zenda on 4-5 May 2019, declare.",
            "Zenda",
            (2019, 5, 5),
        ),
        (
            "WE, THE MINISTERS, met at the Lake headquarters in New Zenda on 5 May 2019",
            "New Zenda",
            (2019, 5, 5),
        ),
        (
            "We meet at the Lake-U.S. Summit, held in Washington, D.C., on 5 May 2019.",
            "Washington, D.C.",
            (2019, 5, 5),
        ),
        ("On 5 May 2019, the Ministers met in Zenda and agreed.", "Zenda", (2019, 5, 5)),
        (
            "On 5 May 2019, in the city of Zenda, the Council held its meeting.",
            "Zenda",
            (2019, 5, 5),
        ),
        ("On 5 May 2019, in Zenda, a bridge fell.", "", None),
        ("Les ministres, réunis à Zenda le 5 mai 2019, déclarent :", "Zenda", (2019, 5, 5)),
        ("Главы государств встретились 5 мая 2019 года в Зенде.", "", (2019, 5, 5)),
        ("По итогам заседания, состоявшегося 5 мая 2019 г. в Зенде, главы", "", (2019, 5, 5)),
        ("Напоминая о предыдущей встрече 5 мая 2019 года, стороны", "", None),
        ("Resolution adopted by the General Assembly\non 7 May 2019", "", (2019, 5, 7)),
        ("They recall the last meeting in Zenda on 5 May 2019.", "", None),
        ("They met in May 2019 in accordance with the Charter.", "", None),
    ],
)
def test_an_opening_says_where_and_when_they_met(
    paragraph: str, place: str, day: tuple[int, int, int] | None
) -> None:
    found = meeting_in(paragraph)
    assert found.place == place
    assert (found.date.day if found.date else None) == (datetime.date(*day) if day else None)


def test_no_date_is_a_notice_and_one_in_the_opening_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The Parties agree on peace. They shall trade.", encoding="utf-8")
    assert load_document(path).notices == (
        "the source names no date",
        "the source names no title",
        "the source names no place",
    )
    path.write_text("The Parties met in Zenda on 5 May 2019. They agree.", encoding="utf-8")
    document = load_document(path)
    assert document.metadata.date == datetime.date(2019, 5, 5)
    assert document.notices == (
        "the date is taken from the opening paragraph",
        "the place is taken from the text",
        "the source names no title",
    )
