"""Pages from the web, one at a time, as a client: identified, slow, bound by the host's rules."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from sco_research import __version__
from sco_research.errors import SourceError
from sco_research.text.document import web_address

USER_AGENT = f"sco-research/{__version__} (scholarly use; one request at a time)"
MAX_BYTES = 50_000_000
_MAX_REDIRECTS = 5
_LONGEST_WAIT = 60.0
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_NOT_MODIFIED = 304
_LONGEST_SHOWN = 200
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Response:
    """What a server sent: an empty body with status 304 where the page is what it was."""

    url: str
    status: int
    data: bytes
    charset: str
    content_type: str
    etag: str
    last_modified: str


class PoliteClient:
    """Fetches pages politely.

    Parameters
    ----------
    delay : float
        Seconds between two requests to a host, or more where its ``robots.txt`` asks for more.
    patience : float
        Seconds that one page may take as a whole.
    attempts : int
        How often a page is asked for before it counts as missing.
    sleep : callable
        How to wait.
    """

    def __init__(
        self,
        *,
        delay: float = 2.0,
        patience: float = 60.0,
        attempts: int = 3,
        max_bytes: int = MAX_BYTES,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._delay = delay
        self._patience = patience
        self._attempts = attempts
        self._max_bytes = max_bytes
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser | str] = {}

    def get(self, url: str, *, etag: str = "", last_modified: str = "") -> Response:
        """Return a page, unless its host forbids it.

        Raises
        ------
        SourceError
            In one line: what the server did, and what can be done.
        """
        self._check_address(url)
        self._check_robots(url)
        headers = {"If-None-Match": etag} if etag else {}
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        answer = self._follow(url, headers)
        if answer.status not in (200, _NOT_MODIFIED):
            raise SourceError(f"{url}: {_status_reason(answer.status)}")
        if answer.status == 200 and not answer.data.strip():
            raise SourceError(f"{url}: the server sent an empty page; try again later")
        return answer

    def _check_address(self, url: str) -> None:
        """Refuse what is no address, and one with a password, which records would keep."""
        clean = web_address(url)
        if not clean:
            raise SourceError(f"{shown_address(url)}: no address; write https://host/page")
        if clean != url.strip():
            raise SourceError(
                f"{clean}: the address holds a user name or a password, which would stand in "
                "records and reports; save the page in a browser and give its path"
            )

    def _check_robots(self, url: str) -> None:
        host = _site(url)
        if host not in self._robots:
            self._robots[host] = self._read_rules(f"{host}/robots.txt")
        rules = self._robots[host]
        if isinstance(rules, str):
            raise SourceError(f"{url}: {rules}")
        if not rules.can_fetch(USER_AGENT, url):
            raise SourceError(
                f"{url}: the host's robots.txt forbids fetching it; save the page in a browser and "
                "give its path"
            )

    def _read_rules(self, address: str) -> RobotFileParser | str:
        """Return a host's rules, or why it cannot be visited (RFC 9309)."""
        rules = RobotFileParser()
        try:
            answer = self._follow(address, {}, asks_rules=True)
        except SourceError as error:
            reason = str(error).removeprefix(f"{address}: ").split(";")[0]
            return f"the host's robots.txt cannot be read ({reason}); try again later"
        if answer.status >= 500:
            return f"the host's robots.txt cannot be read ({answer.status}); try again later"
        text = answer.data.decode("utf-8", "replace") if answer.status == 200 else ""
        rules.parse(text.splitlines())
        return rules

    def _follow(self, url: str, headers: dict[str, str], *, asks_rules: bool = False) -> Response:
        """Follow redirects, within the host."""
        address = url
        for _ in range(_MAX_REDIRECTS + 1):
            answer, target = self._request_with_retries(address, headers)
            if not target:
                return answer
            address = urljoin(address, target)
            self._check_address(address)
            if not _is_same_site(url, address):
                raise SourceError(
                    f"{url}: it now leads to another site ({address[:200]}); look whether that "
                    "is the page, and give its address"
                )
            if not asks_rules:
                self._check_robots(address)
        raise SourceError(f"{url}: it leads from address to address without end; try again later")

    def _request_with_retries(self, url: str, headers: dict[str, str]) -> tuple[Response, str]:
        """Request a page, again after a growing delay where the server is busy or silent."""
        for attempt in range(1, self._attempts + 1):
            self._wait(url)
            try:
                answer, target, later = self._request(url, headers)
            except SourceError:
                raise
            except httpx.HTTPError as error:
                if attempt == self._attempts:
                    raise SourceError(f"{url}: {_reason(error)}; try again later") from None
                later = 0.0
            else:
                if answer.status not in _TRY_AGAIN or attempt == self._attempts:
                    return answer, target
            self._sleep(min(max(later, self._delay * 2**attempt), _LONGEST_WAIT))
        raise AssertionError("the last attempt returns or raises")

    def _wait(self, url: str) -> None:
        host = urlsplit(url).netloc
        rules = self._robots.get(f"{urlsplit(url).scheme}://{host}")
        asked = rules.crawl_delay(USER_AGENT) if isinstance(rules, RobotFileParser) else None
        delay = max(self._delay, min(float(asked or 0), _LONGEST_WAIT))
        due = self._last.get(host, float("-inf")) + delay - time.monotonic()
        if due > 0:
            self._sleep(due)
        self._last[host] = time.monotonic()

    def _request(self, url: str, headers: dict[str, str]) -> tuple[Response, str, float]:
        """Make one request; return the answer, where it redirects to, and when to come again."""
        deadline = time.monotonic() + self._patience
        timeout = httpx.Timeout(min(20.0, self._patience))
        named = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, identity"}
        try:
            with httpx.stream("GET", url, headers=named | headers, timeout=timeout) as response:
                data = self._body(response, url, deadline)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
            raise SourceError(
                f"{shown_address(url)}: no address ({error}); write https://host/page"
            ) from None
        found = response.headers
        message = Message()
        message["content-type"] = found.get("content-type", "")
        answer = Response(
            url=url,
            status=response.status_code,
            data=data,
            charset=message.get_content_charset() or "",
            content_type=message.get_content_type() if found.get("content-type") else "",
            etag=found.get("etag", ""),
            last_modified=found.get("last-modified", ""),
        )
        target = found.get("location", "") if response.is_redirect else ""
        later = found.get("retry-after", "")
        return answer, target, float(later) if later.isdigit() else 0.0

    def _body(self, response: httpx.Response, url: str, deadline: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > self._max_bytes:
                raise SourceError(
                    f"{url}: the page has more than {self._max_bytes / 1e6:g} MB; look at it "
                    "in a browser"
                )
            if time.monotonic() > deadline:
                raise SourceError(
                    f"{url}: the page does not end within {self._patience:g} seconds; try again "
                    "later"
                )
        return b"".join(pieces)


def shown_address(url: str) -> str:
    """Return an address as a message shows it: without a password, and not endless."""
    start, sign, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    text = f"{start}{sign}{authority.rpartition('@')[2]}{slash}{path}"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _site(url: str) -> str:
    """Return scheme, host and port: what a robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _is_same_site(url: str, other: str) -> bool:
    """Return whether an address is of the same host and port; https in place of http is."""
    first, second = urlsplit(url), urlsplit(other)
    ports = [parts.port or _PORTS.get(parts.scheme) for parts in (first, second)]
    is_upgraded = (first.scheme, second.scheme, *ports) == ("http", "https", 80, 443)
    return first.hostname == second.hostname and (
        (first.scheme == second.scheme and ports[0] == ports[1]) or is_upgraded
    )


def _reason(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "the server does not answer in time"
    if isinstance(error, httpx.RemoteProtocolError):
        return "the page came truncated or garbled"
    if isinstance(error, httpx.DecodingError):
        return "the page is packed in a way that cannot be undone"
    if isinstance(error, httpx.ConnectError):
        return "the server cannot be reached"
    return f"the connection broke ({type(error).__name__})"


def _status_reason(status: int) -> str:
    if status in (404, 410):
        return (
            f"the page is gone ({status}); look for its new address and mend the catalogue's entry"
        )
    if status in (401, 403):
        return f"the server refuses it ({status}); save the page in a browser and give its path"
    if status in _TRY_AGAIN:
        return f"the server is busy or broken ({status}); try again later"
    return f"the server answers with status {status}; look at the page in a browser"
