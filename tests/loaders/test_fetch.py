"""Fetching from a server on loopback that is slow, wrong, redirecting, truncated, gone, endless."""

import datetime
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from sco_research.errors import ParameterError, SourceError
from sco_research.loaders import load_document
from sco_research.loaders.catalogue import Entry, catalogue
from sco_research.loaders.web import client as web_client
from sco_research.loaders.web import fetching
from sco_research.loaders.web.client import USER_AGENT, PoliteClient
from sco_research.loaders.web.fetching import Fetched, fetch, fetched_page, kept_page
from sco_research.loaders.web.ledger import Ledger
from tests.patience import PATIENCE

WORDS = "The member states of the River Organization met in Lakeside and agreed on this. " * 8
PAGE = (
    '<html><head><title>x</title></head><body>"The World and Japan" Database<br><br>[Title] '
    "LAKESIDE DECLARATION<br>[Place] Lakeside<br>[Date] June 9, 2017<br>[Source] Secretariat<br>"
    f"[Full text]<br><br><p>{WORDS}</p></body></html>"
).encode()

Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    replies: dict[str, Reply]
    asked: list[tuple[str, dict[str, str]]]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        self.close_connection = True
        reply = self.replies.get(self.path)
        if reply is None:
            self.answer(404, b"no such page")
        else:
            reply(self)

    def answer(
        self, status: int, body: bytes, *, lacking: int = 0, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) + lacking))
        self.send_header("Connection", "close")
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


class Server:
    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        kind = type("_Handler", (Handler,), {"replies": self.replies, "asked": self.asked})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def page(self, path: str, body: bytes = PAGE, status: int = 200, *, location: str = "") -> str:
        moved = {"Location": location} if location else {}

        def reply(handler: Handler) -> None:
            handler.answer(status, body, headers=moved)

        self.replies[path] = reply
        return self.base + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "fetched")


def client(**options: float) -> PoliteClient:
    settings = {"delay": 0.0, "patience": PATIENCE, "attempts": 1} | options
    return PoliteClient(
        delay=settings["delay"],
        patience=settings["patience"],
        attempts=int(settings["attempts"]),
        max_bytes=int(settings.get("max_bytes", 1_000_000)),
    )


def one(url: str, ledger: Ledger, **options: float) -> Fetched:
    (found,) = fetch(url, client=client(**options), ledger=ledger)
    return found


@pytest.fixture
def known(server: Server, monkeypatch: pytest.MonkeyPatch) -> dict[str, Entry]:
    entries = {
        name: Entry(
            id=name,
            url=f"{server.base}/{name}.html",
            date=datetime.date(2017, 6, 9),
            collection="river",
            organization="River Organization",
        )
        for name in ("first", "second", "third")
    }
    monkeypatch.setattr(fetching, "catalogue", lambda: entries)
    return entries


def test_a_page_is_fetched_once_and_its_hash_recorded(server: Server, ledger: Ledger) -> None:
    url = server.page("/a.html")
    assert one(url, ledger).status == "fetched"
    assert one(url, ledger).status == "kept"
    assert server.paths() == ["/a.html"]
    record = ledger.get(url)
    assert record is not None
    assert record["first_seen"] == datetime.date.today().isoformat()
    assert ledger.page(url) == PAGE


def test_the_guest_names_itself(server: Server, ledger: Ledger) -> None:
    one(server.page("/a.html"), ledger)
    assert {headers["User-Agent"] for _, headers in server.asked} == {USER_AGENT}
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a.html"]


def test_pages_are_asked_for_one_at_a_time_with_a_pause(server: Server, ledger: Ledger) -> None:
    naps: list[float] = []
    visitor = PoliteClient(delay=7.0, sleep=naps.append)
    urls = [server.page(f"/{name}.html") for name in "abc"]
    assert [item.status for item in fetch(urls, client=visitor, ledger=ledger)] == ["fetched"] * 3
    assert len(naps) == 3
    assert all(6.0 < nap <= 7.0 for nap in naps)


def test_robots_rules_are_kept(server: Server, ledger: Ledger) -> None:
    server.page("/robots.txt", b"User-agent: *\nDisallow: /private\nCrawl-delay: 9\n")
    forbidden = one(server.page("/private/a.html"), ledger)
    assert forbidden.status == "missing"
    assert "robots.txt forbids" in forbidden.detail
    assert server.paths() == []
    naps: list[float] = []
    visitor = PoliteClient(delay=1.0, sleep=naps.append)
    list(fetch([server.page("/a.html"), server.page("/b.html")], client=visitor, ledger=ledger))
    assert max(naps) > 8.0


def test_a_host_whose_rules_cannot_be_had_is_not_visited(server: Server, ledger: Ledger) -> None:
    server.page("/robots.txt", b"broken", status=500)
    found = one(server.page("/a.html"), ledger)
    assert "robots.txt cannot be read (500)" in found.detail
    assert server.paths() == []


def test_an_interrupted_run_goes_on_where_it_ended(
    server: Server, ledger: Ledger, known: dict[str, Entry]
) -> None:
    for name in known:
        server.page(f"/{name}.html")
    run = fetch("river", client=client(), ledger=ledger)
    assert next(run).id == "first"
    del run
    statuses = [item.status for item in fetch("river", client=client(), ledger=ledger)]
    assert statuses == ["kept", "fetched", "fetched"]
    assert server.paths() == ["/first.html", "/second.html", "/third.html"]


def test_what_is_missing_is_named_and_the_rest_fetched(
    server: Server, ledger: Ledger, known: dict[str, Entry]
) -> None:
    server.page("/first.html")
    server.page("/third.html")
    found = {item.id: item for item in fetch("river", client=client(), ledger=ledger)}
    assert [item.status for item in found.values()] == ["fetched", "missing", "fetched"]
    assert "gone (404)" in found["second"].detail


def test_a_change_is_reported_and_the_first_kept_until_it_is_accepted(
    server: Server, ledger: Ledger
) -> None:
    url = server.page("/a.html")
    one(url, ledger)
    (same,) = fetch(url, refresh=True, client=client(), ledger=ledger)
    assert same.status == "unchanged"
    changed = PAGE.replace(b"agreed", b"disagreed")
    server.page("/a.html", changed)
    (found,) = fetch(url, refresh=True, client=client(), ledger=ledger)
    assert found.status == "changed"
    assert "the first is kept" in found.detail
    assert ledger.page(url) == PAGE
    assert any("has changed since" in line for line in fetched_page(url, ledger=ledger).notices)
    (taken,) = fetch(url, refresh=True, accept=True, client=client(), ledger=ledger)
    assert taken.status == "changed"
    assert ledger.page(url) == changed


def test_an_unchanged_page_is_not_sent_again(server: Server, ledger: Ledger) -> None:
    def reply(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == '"v1"':
            handler.answer(304, b"")
        else:
            handler.answer(200, PAGE, headers={"ETag": '"v1"'})

    server.replies["/a.html"] = reply
    url = server.base + "/a.html"
    one(url, ledger)
    (found,) = fetch(url, refresh=True, client=client(), ledger=ledger)
    assert found.status == "unchanged"


def test_a_kept_page_that_was_touched_is_refused(server: Server, ledger: Ledger) -> None:
    url = server.page("/a.html")
    one(url, ledger)
    (path,) = ledger.folder.glob("*.html")
    path.write_bytes(PAGE + b"!")
    with pytest.raises(SourceError, match="not the page that was fetched"):
        ledger.page(url)


def test_redirects_are_followed_within_the_host_alone(server: Server, ledger: Ledger) -> None:
    server.page("/b.html")
    moved = server.page("/a.html", b"", 302, location="/b.html")
    assert one(moved, ledger).status == "fetched"
    away = server.page("/c.html", b"", 302, location="http://elsewhere.invalid/b.html")
    assert "leads to another site (http://elsewhere.invalid/b.html)" in one(away, ledger).detail
    endless = server.page("/d.html", b"", 302, location="/d.html")
    assert "without end" in one(endless, ledger).detail


def test_a_page_that_moved_behind_the_rules_is_not_asked_for(
    server: Server, ledger: Ledger
) -> None:
    server.page("/robots.txt", b"User-agent: *\nDisallow: /private")
    for place in ("/private/a.html", "/private/robots.txt"):
        server.page(place)
        moved = server.page("/moved.html", b"", 302, location=place)
        assert "robots.txt forbids" in one(moved, ledger).detail
        assert place not in server.paths()


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "gone (404)"),
        (410, "gone (410)"),
        (403, "refuses it (403)"),
        (503, "busy or broken (503)"),
        (418, "answers with status 418"),
    ],
)
def test_what_the_server_says_is_said(
    server: Server, ledger: Ledger, status: int, reason: str
) -> None:
    found = one(server.page("/a.html", b"no", status), ledger)
    assert (found.status, reason in found.detail) == ("missing", True)
    assert ledger.records() == {}


def truncated(handler: Handler) -> None:
    handler.answer(200, PAGE[:300], lacking=500)


def silently_truncated(handler: Handler) -> None:
    handler.answer(200, PAGE[:-40])


def silent(handler: Handler) -> None:
    # Until the other side hangs up.
    handler.rfile.read(1)


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<p>more</p>" * 2_000)
            handler.wfile.flush()
    except OSError:
        pass


def dripping(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    end = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            handler.wfile.write(b"<p>")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


def garbled(handler: Handler) -> None:
    handler.answer(200, b"not gzip", headers={"Content-Encoding": "gzip"})


def no_http(handler: Handler) -> None:
    handler.wfile.write(b"what is HTTP?\r\n\r\n")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (truncated, "truncated or garbled"),
        (silently_truncated, "no end, it came truncated"),
        (endless, "more than 0.1 MB"),
        (garbled, "cannot be undone"),
        (no_http, "truncated or garbled"),
    ],
)
def test_a_server_that_misbehaves_costs_no_more_than_a_line(
    server: Server, ledger: Ledger, reply: Reply, reason: str
) -> None:
    server.replies["/a.html"] = reply
    found = one(server.base + "/a.html", ledger, max_bytes=100_000)
    assert (found.status, reason in found.detail, "\n" in found.detail) == ("missing", True, False)
    assert ledger.records() == {}


def test_a_server_that_never_answers_is_left(
    server: Server, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is, robots.txt is there in time, and the page, asked next, is not.
    patient = iter([httpx.Timeout(1000)])
    hasty = httpx.Timeout(0.5)
    monkeypatch.setattr(httpx, "Timeout", lambda _: next(patient, hasty))
    server.replies["/a.html"] = silent
    found = one(server.base + "/a.html", ledger, patience=1000)
    assert (found.status, found.detail.count("does not answer in time")) == ("missing", 1)


def test_a_page_that_never_ends_is_left(
    server: Server, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By a clock that goes on a hundred seconds at each look: however slow the machine is, a page
    # of one piece is there in time, and one that drips is not.
    looks = count(step=100)
    monkeypatch.setattr(web_client, "time", SimpleNamespace(monotonic=lambda: float(next(looks))))
    server.page("/whole.html")
    assert one(server.base + "/whole.html", ledger, patience=1000).status == "fetched"
    server.replies["/a.html"] = dripping
    found = one(server.base + "/a.html", ledger, patience=1000)
    assert (found.status, found.detail.count("does not end within 1000 seconds")) == ("missing", 1)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (
            PAGE.replace(b"June 9, 2017", b"June 9, 2007"),
            "dated 2007-06-09, the catalogue says 2017",
        ),
        (b"<html><body><p>Page not found.</p></body></html>", "only 3 words"),
        (b"<html><body><script>go()</script></body></html>", "shows no text"),
        (b"\x89PNG....", "is no utf-8"),
        (b"  ", "an empty page"),
    ],
)
def test_a_page_that_is_not_the_document_is_not_taken(
    server: Server, ledger: Ledger, known: dict[str, Entry], page: bytes, reason: str
) -> None:
    server.page("/first.html", page)
    (found,) = fetch("first", client=client(), ledger=ledger)
    assert (found.status, reason in found.detail) == ("missing", True)
    assert ledger.records() == {}


def test_a_busy_server_is_asked_again_later(server: Server, ledger: Ledger) -> None:
    replies = iter([503, 429, 200])

    def reply(handler: Handler) -> None:
        status = next(replies)
        handler.answer(status, PAGE, headers={"Retry-After": "30" if status == 429 else "soon"})

    server.replies["/a.html"] = reply
    naps: list[float] = []
    visitor = PoliteClient(delay=1.0, sleep=naps.append)
    (found,) = fetch(server.base + "/a.html", client=visitor, ledger=ledger)
    assert found.status == "fetched"
    assert 30.0 in naps


def test_a_server_that_is_not_there(ledger: Ledger) -> None:
    found = one("http://127.0.0.1:9/a.html", ledger)
    assert "cannot be read (the server cannot be reached)" in found.detail


def test_a_document_that_is_known_says_how_it_is_fetched() -> None:
    assert not catalogue()["sco-2019-bishkek"].is_bundled
    with pytest.raises(SourceError, match="not fetched yet; run 'sco-research fetch sco-2019"):
        load_document("sco-2019-bishkek")


def test_a_fetched_document_is_loaded_by_its_id(
    server: Server, ledger: Ledger, known: dict[str, Entry]
) -> None:
    server.page("/first.html")
    list(fetch("first", client=client(), ledger=ledger))
    page = kept_page(known["first"], ledger)
    assert page.data == PAGE
    assert page.notices[0].startswith("fetched on ")


def test_an_address_is_loaded_politely_and_kept(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(tmp_path))
    url = server.page("/20170609.D2E.html")
    document = load_document(url)
    assert (document.id, document.metadata.place) == ("20170609.D2E", "Lakeside")
    assert document.metadata.url == url
    server.close()
    assert load_document(url).sha256 == document.sha256
    assert json.loads((tmp_path / "fetched" / "ledger.json").read_text("utf-8"))[url]["bytes"]


def test_a_user_adds_an_entry_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCO_RESEARCH_HOME", str(tmp_path))
    path = tmp_path / "catalogue.toml"
    path.write_text(
        '[collection.mine.documents]\nriver-2017 = "https://example.org/a.html"\n', encoding="utf-8"
    )
    entry = catalogue()["river-2017"]
    assert (entry.url, entry.collection) == ("https://example.org/a.html", "mine")


def test_an_unknown_name_names_the_known() -> None:
    with pytest.raises(ParameterError, match="address or one of sco, sco-2002"):
        list(fetch("nonsense"))
    with pytest.raises(ParameterError, match="bundled; load it"):
        list(fetch("sco-2013-bishkek"))


def test_the_command_names_what_it_fetched_and_what_is_missing(
    server: Server, tmp_path: Path
) -> None:
    (tmp_path / "catalogue.toml").write_text(
        f'[collection.mine]\nbase = "{server.base}/"\n[collection.mine.documents]\n'
        'first = "first.html"\nsecond = { url = "second.html", place = "Lakeside" }\n',
        encoding="utf-8",
    )
    server.page("/first.html")
    call = [sys.executable, "-m", "sco_research", "fetch", "mine", "--delay", "1"]
    done = subprocess.run(
        call,
        env=os.environ | {"SCO_RESEARCH_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first.startswith("first: fetched, sha256 ")
    assert second.startswith("second: missing, ")
    assert "gone (404)" in second
    assert "1 document is missing" in done.stderr


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (f"https://{'h' * 300}.example/a", "no address"),
        (f"https://{'h' * 60}.{'h' * 60}.invalid/a", "cannot be reached"),
        ("https://[::1/a", "no address"),
        ("https://host:port/a", "no address"),
        ("https:///a", "no address"),
        ("https://a b/", "no address"),
        ("http://127.0.0.1:1/a", "cannot be reached"),
        ("https://me:secret@host.example/a", "holds a user name or a password"),
    ],
)
def test_an_odd_address_is_missing_and_the_rest_goes_on(
    address: str, reason: str, server: Server, ledger: Ledger
) -> None:
    page = server.page("/a.html")
    found = list(fetch([address, page], client=client(), ledger=ledger))
    assert [one.status for one in found] == ["missing", "fetched"]
    assert reason in found[0].detail
    assert "secret" not in f"{found[0].id} {found[0].detail}"
    assert list(ledger.records()) == [page]
    assert not any("secret" in path.name for path in ledger.folder.iterdir())


@pytest.mark.parametrize("charset", ["x-unknown", "base64", "utf-8;x=\x01", '"', "utf-16-le-x"])
def test_a_charset_that_is_none_is_passed_over(
    charset: str, server: Server, ledger: Ledger
) -> None:
    def reply(handler: Handler) -> None:
        handler.answer(200, PAGE, headers={"Content-Type": f"text/html; charset={charset}"})

    server.replies["/a.html"] = reply
    assert one(f"{server.base}/a.html", ledger).status == "fetched"


def test_another_port_and_another_name_are_other_sites(server: Server, ledger: Ledger) -> None:
    other = Server()
    try:
        port = other.base.rpartition(":")[2]
        for target in (other.page("/b.html"), f"http://localhost:{port}/b.html"):
            moved = server.page("/a.html", b"", 302, location=target)
            assert "leads to another site" in one(moved, ledger).detail
        assert other.asked == []
    finally:
        other.close()
