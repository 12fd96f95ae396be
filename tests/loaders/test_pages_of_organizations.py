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
