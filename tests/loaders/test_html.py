"""Saved pages: the database's own, and any page with one text among a site's furniture."""

import datetime
from pathlib import Path

import pytest

from sco_research.errors import SourceError
from sco_research.loaders import load_document
from sco_research.text.document import Document
from sco_research.text.segments import segment

P1 = (
    "The heads of the member states met in Lakeside, and they reviewed the state of the river and "
    "of its banks."
)
P2 = "They will open the locks to each other's ships; no fee will be asked of anyone who passes."

SITE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Declaration | River News</title>
<meta property="og:url" content="https://example.org/a"><style>p {{}}</style></head>
<body>
<header class="masthead"><a href="/">River News</a></header>
<nav><ul><li><a href="/a">Home</a></li><li><a href="/b">World</a></li></ul></nav>
<div class="layout"><div class="sidebar"><h3>Most read</h3>
<p>A long teaser of another article that has nothing to do with the declaration at all.</p></div>
<article>
<h1>Lakeside Declaration</h1>
<div class="share"><a href="#">Share</a></div>
<p>{P1}</p>
<h2>What we have agreed</h2>
<p>{P2}<sup><a href="#fn1">1</a></sup></p>
<ul><li>open the archives;</li><li>close the gap.</li></ul>
<ol start="3" type="a"><li>to meet;</li><li>to part.</li></ol>
<div class="footnotes"><p>1. See the Charter.</p></div>
</article></div>
<script>var hidden = "not shown";</script>
<footer>Copyright River News</footer>
</body></html>"""

DATABASE = (
    '"The World and Japan" Database (Project Leader: TANAKA Akihiko)<br>\nDatabase of Japanese '
    "Politics and International Relations<br>\n"
)


def load(folder: Path, page: str | bytes, name: str = "page.html") -> Document:
    path = folder / name
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    return load_document(path)


def texts(document: Document, level: str) -> list[str]:
    frame = segment(document)
    return frame.loc[frame["level"] == level, "text"].tolist()


def test_an_article_is_read_without_the_site_around_it(tmp_path: Path) -> None:
    document = load(tmp_path, SITE)
    assert texts(document, "paragraph") == [
        P1,
        P2,
        "- open the archives;",
        "- close the gap.",
        "c) to meet;",
        "d) to part.",
    ]
    assert texts(document, "heading") == ["Lakeside Declaration", "What we have agreed"]
    assert document.metadata.title == "Lakeside Declaration"
    assert document.metadata.url == "https://example.org/a"


def test_what_is_left_out_is_kept_apart_with_its_place(tmp_path: Path) -> None:
    document = load(tmp_path, SITE)
    found = {(item.kind, item.text) for item in document.removed}
    assert ("sharing", "Share") in found
    assert ("footnote", "1. See the Charter.") in found
    assert ("footnote mark", "1") in found
    assert ("page footer", "Copyright River News") in found
    assert any(kind == "navigation" and "Home" in text for kind, text in found)
    assert any(kind == "aside" and "teaser" in text for kind, text in found)
    assert not any("not shown" in text for _, text in found)
    footer = next(item for item in document.removed if item.kind == "page footer")
    assert footer.location.element == "/html/body/footer"


def test_a_character_leads_back_to_its_element(tmp_path: Path) -> None:
    document = load(tmp_path, SITE)
    place = document.locate(document.text.index("They will open"))
    assert place.element.endswith("/article/p[2]")
    assert "They will open" in SITE.splitlines()[(place.line or 0) - 1]
    assert document.origin is not None
    assert document.origin.raw == SITE.encode()


@pytest.mark.parametrize(
    ("paragraph", "gap"),
    [
        ("<p>{}</p>\n", "<p></p>"),
        ("{}<br><br>\n", "<br>"),
        ("<div>{}</div>", "<div>&nbsp;</div>"),
        ("<pre>{}\n\n</pre>", "<br>"),
    ],
)
def test_a_page_of_the_database_has_its_header_and_its_gaps(
    tmp_path: Path, paragraph: str, gap: str
) -> None:
    page = (
        f"<html><head><title>The World and Japan</title></head><body><hr>{DATABASE}<br>\n"
        "[Title] LAKESIDE DECLARATION<br><br>\n[Place] Lakeside<br>\n[Date] June 7, 2002<br>\n"
        "[Source] Secretariat<br>\n[Notes]<br>\n[Full text]<br><br>\n"
        + paragraph.format(P1)
        + gap
        + paragraph.format(P2)
        + paragraph.format("Fine.")
        + '<hr><a href="index.html">[Back]</a></body></html>'
    )
    document = load(tmp_path, page)
    known = document.metadata
    assert (known.title, known.place, known.source) == (
        "LAKESIDE DECLARATION",
        "Lakeside",
        "Secretariat",
    )
    assert known.date == datetime.date(2002, 6, 7)
    assert known.publisher.startswith('"The World and Japan" Database')
    frame = segment(document, level="paragraph")
    assert frame["text"].tolist()[:3] == [P1, P2, "Fine."]
    assert frame["section"].tolist()[:3] == [0, 1, 1]


def test_a_japanese_page_in_its_declared_encoding(tmp_path: Path) -> None:
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"></head>'
        "<body>データベース「世界と日本」(代表:田中明彦)<br><br>[文書名] 河川宣言<br>"
        "[場所] 湖畔<br>[年月日] 2002年6月7日<br>[出典] 外務省<br>[備考]<br>[全文]<br><br>"
        "<p>首脳は会談した。</p><p>協力を続ける。</p></body></html>"
    )
    document = load(tmp_path, page.encode("cp932"))
    known = document.metadata
    assert (known.title, known.place, known.language) == ("河川宣言", "湖畔", "ja")
    assert known.date == datetime.date(2002, 6, 7)
    assert texts(document, "sentence") == ["首脳は会談した。", "協力を続ける。"]
    assert document.notices[0] == "decoded as cp932"


def test_a_declared_encoding_that_is_not_true_is_said(tmp_path: Path) -> None:
    page = f'<html><meta charset="shift_jis"><body><p>{P1} Communiqué – « fin ».</p></body></html>'
    document = load(tmp_path, page)
    assert "Communiqué" in document.text
    assert any("declares cp932" in notice for notice in document.notices)


def test_a_page_of_tables_that_set_its_layout_is_read(tmp_path: Path) -> None:
    page = (
        f"<html><body><table><tr><td><a href='/'>Home</a></td></tr><tr><td><p>{P1}</p><p>{P2}</p>"
        "</td></tr></table></body></html>"
    )
    assert texts(load(tmp_path, page), "paragraph")[-2:] == [P1, P2]


def test_a_page_that_holds_a_table_alone_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>State {n}</td><td>{n * 7}</td></tr>" for n in range(40))
    with pytest.raises(SourceError, match="a table and no running text; save the table as CSV"):
        load(tmp_path, f"<html><body><table>{rows}</table></body></html>")


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("<!DOCTYPE html><html></html>", "HTML page"),
        ("<html><body><script>go()</script><div id=app></div></body></html>", "shows no text"),
        ("<html><body>" + "<div>" * 10_000 + P1 + "</div>" * 10_000, "levels deep"),
    ],
)
def test_a_page_that_shows_nothing_or_nests_too_deep(
    tmp_path: Path, page: str, complaint: str
) -> None:
    with pytest.raises(SourceError, match=complaint) as error:
        load(tmp_path, page)
    assert "\n" not in str(error.value)


def test_a_page_of_a_hundred_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.write(b"<html><body>")
        file.truncate(100_000_000)
    with pytest.raises(SourceError, match="100 MB"):
        load_document(path)


def test_entities_of_the_outside_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
        f"<html><body><p>{P1} &x;</p></body></html>"
    )
    assert "secret" not in load(tmp_path, page).text.replace(P1, "")


def test_a_name_is_a_hint_and_what_holds_the_text_stays(tmp_path: Path) -> None:
    page = f'<html><body><div class="menu"><p>{P1}</p><p>{P2}</p></div></body></html>'
    assert texts(load(tmp_path, page), "paragraph") == [P1, P2]


def test_the_language_a_page_declares_is_believed_where_the_script_allows(tmp_path: Path) -> None:
    french = (
        "<html lang='fr'><body><p>Les chefs des États membres se sont réunis.</p></body></html>"
    )
    assert load(tmp_path, french).metadata.language == "fr"
    english = f"<html lang='ja'><body><p>{P1}</p></body></html>"
    assert load(tmp_path, english).metadata.language == "en"


LONG = "<p>{}</p>" * 4
ARTICLE = LONG.format(P1, P2, P1, P2)
P3 = "The Parties shall improve the care of the sick in the region and in every one of its states."


@pytest.mark.parametrize(
    "name",
    [
        "social-policy",
        "commentPeriod",
        "search-and-rescue",
        "related-documents",
        "banner-text",
        "ad hoc",
        "section-toc",
        "copyright-law",
        "share",
        "sidebar",
        "sharing subscribe",
        "navigation_of_ships",
        "modal",
    ],
)
@pytest.mark.parametrize("attribute", ["class", "id"])
@pytest.mark.parametrize("prose", [P3, "They will share it."], ids=["long", "short"])
def test_prose_of_the_article_stays_whatever_its_part_is_called(
    tmp_path: Path, name: str, attribute: str, prose: str
) -> None:
    part = f'<div {attribute}="{name}"><p>{prose}</p></div>'
    page = f"<html><body><main>{ARTICLE}{part}<p>{P1}</p></main></body></html>"
    document = load(tmp_path, page)
    assert texts(document, "paragraph") == [P1, P2, P1, P2, prose, P1]
    assert document.removed == ()


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ('<div class="share-buttons"><a href="#">Tweet</a></div>', "sharing"),
        (
            '<div class="newsletter"><p>Leave us your address and read what we write of rivers and '
            'of lakes every week.</p><input type="email"></div>',
            "dialog",
        ),
        (
            '<div id="cookie-notice"><p>We use cookies to see how many readers come to this page '
            "and what they read.</p></div>",
            "dialog",
        ),
        (f"<aside><p>{P3}</p></aside>", "aside"),
    ],
)
def test_what_is_no_prose_of_the_article_is_left_out_with_its_share(
    tmp_path: Path, part: str, kind: str
) -> None:
    document = load(tmp_path, f"<html><body><article>{ARTICLE}{part}<p>{P1}</p></article></body>")
    assert texts(document, "paragraph") == [P1, P2, P1, P2, P1]
    assert [item.kind for item in document.removed] == [kind]
    (notice,) = [item for item in document.notices if item.startswith("left out of the article")]
    shown = len("".join(document.removed[0].text.split()))
    whole = shown + len("".join((P1 + P2 + P1 + P2 + P1).split()))
    assert notice == f"left out of the article: {kind} ({shown / whole:.1%} of it)"


def test_prose_around_the_article_is_told_with_its_share(tmp_path: Path) -> None:
    notices = load(tmp_path, SITE).notices
    teaser = "A long teaser of another article that has nothing to do with the declaration at all."
    share = len(teaser) / len(P1 + P2 + teaser)
    (told,) = [notice for notice in notices if "around the article" in notice]
    # The figure of a footnote counts as prose there.
    assert abs(float(told.split()[5].rstrip("%")) / 100 - share) < 0.01


def test_figures_above_the_line_are_powers_or_lead_to_notes(tmp_path: Path) -> None:
    page = (
        f"<html><body><p>{P1}</p><p>The Charter<sup>1</sup> of 2013<sup>2</sup> serves 3 \u00d7 10"
        "<sup>6</sup> people on 5 km<sup>2</sup> and 7 m<sup>&minus;3</sup>, CO<sub>2</sub> and "
        "<sup>137</sup>Cs; see Article 10<sup>3</sup>, the 60<sup>th</sup> session<sup>*</sup> and "
        'the Act<a href="#_ftn4">[4]</a>.</p><p><sup>1</sup> Signed in the spring.</p>'
        '<p><a href="#_ftnref4">[4]</a> Of the lake.</p></body></html>'
    )
    document = load(tmp_path, page)
    assert texts(document, "paragraph")[1:] == [
        "The Charter of 2013 serves 3 \u00d7 10⁶ people on 5 km² and 7 m⁻³, CO2 and ¹³⁷Cs; see "
        "Article 10, the 60th session and the Act."
    ]
    kinds = [(item.kind, item.text) for item in document.removed]
    assert [text for kind, text in kinds if kind == "footnote mark"] == ["1", "2", "3", "*", "[4]"]
    assert [text for kind, text in kinds if kind == "footnote"] == [
        "1 Signed in the spring.",
        "[4] Of the lake.",
    ]


def test_a_year_that_leads_to_a_note_is_no_figure_of_it(tmp_path: Path) -> None:
    page = (
        f"<html><body><p>{P1}</p><p>They met in <a href='#note1'>2013</a> and agreed"
        "<sup><a href='#note2'>2,3</a></sup> on peace<sup><a href='#note4'>4–6</a></sup>.</p>"
        "</body></html>"
    )
    document = load(tmp_path, page)
    assert texts(document, "paragraph")[1:] == ["They met in 2013 and agreed on peace."]
    assert [item.text for item in document.removed] == ["2,3", "4–6"]


def test_struck_out_text_and_readings_are_left_out(tmp_path: Path) -> None:
    page = (
        f"<html><body><p>{P1}</p><p>They will <del>never</del><ins>always</ins> meet<s> in May</s> "
        '<span style="text-decoration: line-through">alone</span><strike>!</strike>.</p>'
        "<p>首脳は<ruby>宣言<rp>(</rp><rt>せんげん</rt><rp>)</rp></ruby>を採択した。</p></body></html>"
    )
    document = load(tmp_path, page)
    assert texts(document, "paragraph")[1:] == [
        "They will always meet .",
        "首脳は宣言を採択した。",
    ]
    kinds = [item.kind for item in document.removed]
    assert kinds == ["struck-out text"] * 4 + ["ruby reading"]


def test_items_bear_the_numbers_that_a_browser_shows(tmp_path: Path) -> None:
    page = (
        f"<html><body><p>{P1}</p><ol start=4><li>Four.</li><li value=9>Nine.</li><li>Ten.</li></ol>"
        "<ol reversed><li>Two.</li><li>One.</li></ol><ol reversed start=7><li>Seven.</li><li>Six."
        "<ol type=a><li value=3>See.</li></ol></li><li value=2>Two.</li><li>One.</li></ol>"
        "<table><tr><td>Alpha</td><td><ul><li>Beta.</li></ul></td></tr></table></body></html>"
    )
    assert [line for line in load(tmp_path, page).text.splitlines()[1:] if line] == [
        "4. Four.",
        "9. Nine.",
        "10. Ten.",
        "2. Two.",
        "1. One.",
        "7. Seven.",
        "6. Six.",
        "c) See.",
        "2. Two.",
        "1. One.",
        "Alpha",
        "- Beta.",
    ]


def test_a_day_of_publication_gives_way_to_the_day_that_the_text_names(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2024-07-02T10:00:00Z">'
    named = f"<html><head>{head}</head><body><p>Lakeside, 14 June 2024</p><p>{P1}</p></body></html>"
    assert load(tmp_path, named).metadata.date == datetime.date(2024, 6, 14)
    document = load(tmp_path, f"<html><head>{head}</head><body><p>{P1}</p></body></html>")
    assert document.metadata.date == datetime.date(2024, 7, 2)
    assert "the date is taken from the day the source was published" in document.notices


def test_no_break_spaces_are_white_space(tmp_path: Path) -> None:
    page = f"<html><body><p>{P1}</p><p>They\xa0will&nbsp; meet.</p><p>&nbsp;</p></body></html>"
    document = load(tmp_path, page)
    assert texts(document, "paragraph") == [P1, "They will meet."]


def test_a_last_paragraph_on_copyright_is_no_foot_of_the_site(tmp_path: Path) -> None:
    last = "We will protect copyright and review this plan, which was last updated in the spring."
    foot = "<hr><p>All contents copyright © 2025 of the River News, which thank their friends.</p>"
    page = f"<html><body>{ARTICLE}<p>{last}</p>{{}}</body></html>"
    for below in ("", foot):
        assert texts(load(tmp_path, page.format(below)), "paragraph")[-1] == last


def test_words_in_a_tag_that_is_not_closed_are_told(tmp_path: Path) -> None:
    prose = "The Parties met in Lakeside and agreed on a long list of measures for peace and trade."
    broken = "<p>We <promote the Parties' culture and/or trade by 2020.</p>"
    document = load(tmp_path, f"<html><body><p>{prose}</p>{broken}</body></html>")
    (told,) = (notice for notice in document.notices if "tag" in notice)
    assert told.startswith("a tag is not closed (<promote the Parties' culture and/or ")
    assert told.endswith("): the words in it are lost; save the page again")
    sound = "<input type=text hidden disabled required>"
    document = load(tmp_path, f"<html><body><p>{prose}</p>{sound}</body></html>")
    assert not [notice for notice in document.notices if "tag" in notice]
