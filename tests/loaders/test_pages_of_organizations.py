"""Saved pages in the structure that organizations' sites give them: title, day, place, prose."""

import datetime
from pathlib import Path

import pytest

from sco_research.loaders import load_document
from sco_research.text.segments import segment

P1 = (
    "We, the Leaders of the River Group, met in Lakeside to strengthen our cooperation on water, "
    "trade and the safety of our ships."
)
P2 = (
    "We reaffirm that every member will open its locks to the ships of the others, and that no fee "
    "will be asked of anyone who passes."
)
P3 = (
    "We will meet again in the spring of next year, and we ask our ministers to report on what has "
    "been done by then."
)
G7_CENTRE = f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head>
<title>River Group Leaders' Communiqué</title></head><body bgcolor="#ffffff">
<table width="100%"><tr><td><a href="http://www.example.org/"><img src="logo.gif"></a></td></tr>
<tr><td><form action="/search"><input name="q"></form></td></tr></table>
<p align="center"><font size="2"><b>[ <a href="/home.html">Home</a> |
<a href="/about.html">About</a> | <a href="/contacts.html">Contact Us</a> ]</b></font></p><hr>
<h1>River Group Leaders' Communiqué</h1>
<h4 align="center">Lakeside, Ruritania, June 14, 2024</h4>
<p>[<a href="communique.pdf">pdf</a>]</p>
<p>{P1}</p><h3>Water and Trade</h3><p>1.&nbsp;{P2}</p><p>2.&nbsp;{P3}</p>
<p><a href="#top">[back to top]</a></p><hr>
<p>Source: Official website of the River Group</p>
<table><tr><td><p>This Information System is provided by the Library and the Research Group at the
University of Lakeside, which thank their friends.</p>
<p>Please send comments to <a href="mailto:a@example.org">a@example.org</a>. This page was last
updated August 15, 2025.</p><p>All contents copyright © 2025. University of Lakeside.</p></td></tr>
</table></body></html>"""
G20_CENTRE = f"""<html><head><title>River Leaders' Declaration</title></head><body>
<div id="header"><ul id="nav"><li><a href="/a">Summits</a></li><li><a href="/b">Analysis</a></li>
</ul></div><div id="content"><h2>River Leaders' Declaration</h2>
<h3>Lakeside, Ruritania, June 14, 2024</h3><p>{P1}</p><ol start="2"><li>{P2}</li><li>{P3}</li></ol>
</div><div id="footer"><p>This page was last updated on August 15, 2025.</p></div></body></html>"""
BRICS_CENTRE = f"""<html><head><title>River Summit: Lakeside Declaration</title></head><body>
<center><table><tr><td><a href="/a">Home</a></td><td><a href="/b">Documents</a></td></tr></table>
<table width="80%"><tr><td><h1>Lakeside Declaration</h1><p><b>Lakeside, Ruritania, June 14, 2024</b>
</p><p>{P1}</p><p>{P2}</p><p>{P3}</p></td></tr></table></center></body></html>"""
UN_PRESS = f"""<!DOCTYPE html><html lang="en"><head><title>Lakeside Declaration | Meetings Coverage
and Press Releases</title><meta property="og:title" content="Lakeside Declaration">
<meta property="article:published_time" content="2024-07-02T10:00:00Z"></head><body>
<a class="skip-link" href="#main">Skip to main content</a>
<div class="navbar"><ul><li><a href="/">Welcome</a></li>
<li><a href="/fr">Français</a></li></ul></div>
<div role="main" id="main"><h1 class="page-header">Lakeside Declaration</h1>
<div class="field field--name-body"><p>Lakeside, 14 June 2024</p><p>{P1}</p><p>{P2}</p><p>{P3}</p>
</div><div class="social-share"><a href="#">Facebook</a><a href="#">Twitter</a></div></div>
<div class="footer"><a href="/terms">Terms of use</a></div></body></html>"""
EU_COUNCIL = f"""<!DOCTYPE html><html lang="en"><head><title>Lakeside Declaration - Council</title>
<meta name="DC.date" content="2024-07-02"></head><body><header><nav><a href="/a">Home</a>
<a href="/b">Press</a></nav></header><main><div class="gsc-bge-grid__area"><h1>Lakeside
Declaration</h1><ul class="share-links"><li><a href="#">Share</a></li></ul>
<div class="gsc-bge-grid__content">
<p>Lakeside, 14 June 2024</p><p>{P1}</p><p>{P2}</p><p>{P3}</p></div>
<aside><h2>Press office</h2><p>If you are not a journalist, please send your request to the public
information service of the house.</p></aside></div></main>
<div class="cookie-consent"><p>We use cookies in order to ensure that you get the best browsing
experience on our website.</p></div></body></html>"""
NATO = f"""<!DOCTYPE html><html><head><title>Lakeside Summit Declaration</title></head><body>
<div id="container"><div id="toc"><a href="#1">Water</a></div><section class="content-inner">
<h1>Lakeside Summit Declaration</h1><p class="subtitle">Issued by the Heads of State and Government
participating in the meeting of the Council in Lakeside</p>
<ul class="info"><li>14 June 2024</li></ul>
<ol><li>{P1}</li><li>{P2}</li><li>{P3}</li></ol>
</section></div></body></html>"""
ASEAN = f"""<!DOCTYPE html><html lang="en-US"><head>
<title>Lakeside Declaration - Main Portal</title>
<meta property="article:published_time" content="2024-07-02T10:00:00+00:00"></head>
<body class="post-template single single-post"><div class="elementor"><div class="site-header">
<a href="/">Who we are</a></div><article class="post type-post"><h1 class="entry-title">Lakeside
Declaration</h1><div class="entry-content"><p>{P1}</p><p>{P2}</p><p>{P3}</p>
<p>DONE at Lakeside, Ruritania, on 14 June 2024.</p></div></article></div></body></html>"""
OSCE = f"""<!DOCTYPE html><html lang="en"><head>
<title>Lakeside Declaration | River Organization</title>
</head><body class="page-node"><div class="l-page"><div class="region-menu"><ul class="menu"><li>
<a href="/a">Who we are</a></li></ul></div><div class="l-content"><h1>Lakeside Declaration</h1>
<div class="group-meta"><div class="field-date">14 June 2024</div>
<div class="field-location">Lakeside</div></div><div class="group-content">
<p>{P1}</p><p>{P2}</p><p>{P3}</p></div></div><div class="sidebar-second"><p>
Read about the work of our field operations, which help the members in
all that they have agreed to do.</p></div></div></body></html>"""
PAGES = {
    "g7": G7_CENTRE,
    "g20": G20_CENTRE,
    "brics": BRICS_CENTRE,
    "un": UN_PRESS,
    "eu": EU_COUNCIL,
    "nato": NATO,
    "asean": ASEAN,
    "osce": OSCE,
}
TITLES = {
    "g7": "River Group Leaders' Communiqué",
    "g20": "River Leaders' Declaration",
    "nato": "Lakeside Summit Declaration",
}
RURITANIA = "Lakeside, Ruritania"
PLACES = dict.fromkeys(("asean", "brics", "g20", "g7"), RURITANIA)
WITHOUT_PLACE = ("nato",)


@pytest.mark.parametrize("site", PAGES)
def test_a_page_is_read_with_its_head_and_its_prose(tmp_path: Path, site: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGES[site], encoding="utf-8")
    document = load_document(path)
    known = document.metadata
    assert known.title == TITLES.get(site, "Lakeside Declaration")
    assert known.date == datetime.date(2024, 6, 14)
    if site not in WITHOUT_PLACE:
        assert known.place == PLACES.get(site, "Lakeside")
    frame = segment(document)
    sentences = frame.loc[frame["level"] == "sentence", "text"].tolist()
    first = sentences.index(P1)
    assert sentences[first : first + 3] == [P1, P2, P3]
    rest = sentences[:first] + sentences[first + 3 :]
    assert not [words for words in rest if len(words) > 80 and "Issued by" not in words]


# What stands above a text, at its head, in it and below it, on sites old and new: each as it comes,
# with each of the others.
TOPS = (
    '<table width="100%"><tr><td><a href="/"><img></a></td><td><a href="/a">Summits</a></td></tr>'
    "</table>",
    '<p align="center"><font size="2"><b>[ <a href="/h">Home</a> | <a href="/a">About</a> | '
    '<a href="/c">Contact Us</a> ]</b></font></p><hr>',
    '<p>River Information Centre<br><a href="/h">Help</a> | <a href="/s">Free Search</a> | '
    '<a href="/y">Search by Year</a></p>',
    '<header><a href="/">River Organization</a><nav><ul><li><a href="/a">About us</a></li></ul>'
    "</nav></header>",
    '<ul class="language-switcher"><li><a href="/fr">Français</a></li><li>English</li></ul>',
    '<div class="cookie"><p>We use cookies to improve your experience on this website and to show '
    "you what others have read. <button>Accept</button></p></div>",
)
HEADS = {
    "<h2>Lakeside Declaration</h2><p>Lakeside, Ruritania, June 14, 2024<br>"
    "[<a href='x'>pdf</a>]</p>": RURITANIA,
    "<h1>Lakeside Declaration</h1><h4>June 14, 2024, Lakeside, Ruritania</h4>": RURITANIA,
    "<h2>Lakeside<br>Declaration</h2><p><em>Lakeside, June 13-14, 2024</em></p>": "Lakeside",
    "<p><font size=5><b>Lakeside Declaration</b></font></p>"
    "<p>Lakeside, Ruritania<br>14 June 2024</p>": RURITANIA,
    "<h2>Lakeside Declaration</h2><h3>Lakeside, Ruritania</h3><h3>14 June 2024</h3>": RURITANIA,
    "<h1>Lakeside Declaration</h1><ul><li>14 Jun. 2024 -</li><li>| Press Release (2024) 1</li>"
    "<li>| Last updated: 02 Jul. 2024 14:12</li></ul>": None,
    "<h1>Lakeside Declaration</h1><dl><dt>Date:</dt><dd>14 June 2024</dd><dt>Place:</dt>"
    "<dd>Lakeside</dd></dl>": "Lakeside",
    "<h1>Lakeside Declaration</h1><p>Published 2 July 2024</p>"
    "<p>Adopted in Lakeside on 14 June 2024</p>": "Lakeside",
    "<h1>Lakeside Declaration</h1><p><time>14 June 2024 12:00</time></p>": None,
}
BODIES = (
    f"<p>{P1}<p><b>Water and Trade</b><p>1. {P2}<p>2. {P3}",
    f"{P1}<br><br><b>Water and Trade</b><br><br>1. {P2}<br><br>2. {P3}",
    f"<blockquote><p>{P1}</p></blockquote><h3>Water and Trade</h3><ol><li>{P2}<li>{P3}</ol>",
    f'<p>{P1}<a href="#n1" name="r1"><sup>1</sup></a></p><h3>Water and Trade</h3><p>1. {P2}</p>'
    f'<p>2. {P3}</p><hr><p><a href="#r1" name="n1">1</a> The Group has nine members.</p>',
    f"<div><div>{P1}</div><div><strong>Water and Trade</strong></div><div>1.&nbsp; {P2}</div>"
    f"<div>2. {P3}</div></div>",
    f'<div><p>{P1}</p><h3><a id="w"></a>Water and Trade</h3><div><span>1.</span><p>{P2}</p></div>'
    f"<div><div>2.</div><div>{P3}</div></div></div>",
    f"<article><p>{P1}</p><figure><img><figcaption>The Heads of State at the table that was built "
    f"for them.</figcaption></figure><h2>Water and Trade</h2><p>1. {P2}</p><aside><p>Read also "
    f"what the ministers said of it when it was over.</p></aside><p>2. {P3}</p></article>",
)
FEET = (
    '<hr><p><a href="#top">Top of Page</a></p><p>This Information System is provided by the '
    '<a href="/l">Library</a>.<br>Please send comments to: <a href="mailto:a@x.org">a@x.org</a><br>'
    "Revised: August 15, 2025</p>",
    '<div id="footer"><p>This page was last updated on August 15, 2025.</p></div>',
    '<p><a href="#">[Return to the top]</a></p><p>Copyright © 2025. All rights reserved.</p>',
    '<div class="related"><h3>Related documents</h3><ul><li><a href="/1">Report</a></li></ul>'
    "</div>",
    '<div class="newsletter"><p>Subscribe to our newsletter to receive the news of the house every '
    "week by mail.</p></div>",
)


@pytest.mark.parametrize("number", range(len(HEADS) * len(BODIES)))
def test_any_head_stands_above_any_body(tmp_path: Path, number: int) -> None:
    head, place = list(HEADS.items())[number // len(BODIES)]
    body = BODIES[number % len(BODIES)]
    top, foot = TOPS[number % len(TOPS)], FEET[number % len(FEET)]
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head><title>Lakeside Declaration</title></head><body>{top}{head}{body}{foot}"
        "</body></html>",
        encoding="utf-8",
    )
    document = load_document(path)
    known = document.metadata
    assert (known.title, known.date) == ("Lakeside Declaration", datetime.date(2024, 6, 14))
    assert place is None or known.place == place
    frame = segment(document)
    by_level = {
        level: [" ".join(words.split()) for words in frame.loc[frame["level"] == level, "clean"]]
        for level in ("heading", "sentence")
    }
    assert by_level["sentence"] == [P1, P2, P3]
    assert by_level["heading"][-1] == "Water and Trade"
    assert frame.loc[frame["level"] == "paragraph", "number"].tolist() == ["", "1", "2"]
