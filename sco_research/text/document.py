"""Documents and corpora: a text with an identity."""

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from sco_research.displays import in_notebook
from sco_research.errors import BROKEN_LETTER, ParameterError, SourceError, brief
from sco_research.text.language import language_of, may_be
from sco_research.text.origin import Origin, Removed, SourceLocation

_LINE_END = re.compile(r"\r\n|[\r\n]")
_ID = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]")
# How much of a title, and how many ids, stand in a repr.
_TITLE, _IDS = 60, 5
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def web_address(address: str) -> str:
    """Return an ``http`` or ``https`` address without user name and password; else nothing.

    >>> web_address("https://user:secret@example.org/a?b=1#c")
    'https://example.org/a?b=1#c'
    >>> web_address("javascript:alert(1)"), web_address("https:///no-host"), web_address("http://[")
    ('', '', '')
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        return ""
    if not is_web or _NOT_IN_ADDRESS.search(address):
        return ""
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=host)) if at or user else address


def _has_utf8_form(text: str) -> bool:
    """Return whether a text can be written to a file: no half of a surrogate pair is in it."""
    try:
        text.isascii() or text.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document besides its text; what is unknown is empty or None.

    Attributes
    ----------
    title, place, source, notes : str
        As the source gives them.
    publisher : str
        Who published the text that was loaded, such as the database and its project leader.
    date : datetime.date or None
        The day the document was adopted.
    language : str
        ISO 639-1 code; ``"und"`` where it is unknown.
    url : str
        Where the source is published.
    organization : str
        Who speaks: the id of a profile such as ``"sco"``, or several with a space between them
        where several issue it; empty where that is unknown. See `sco_research.organizations`.
    issuer : str
        The name of who speaks, as the profile or, where none is known, the source gives it.
    organization_from : str
        Who says so: "catalogue", "parameter", "manifest", "title", "header", "opening formula",
        "meeting in the opening formula", "states in the opening formula".
    profiles : tuple of str
        Paths of the user's own profiles that ``organization`` means.
    """

    title: str = ""
    place: str = ""
    date: datetime.date | None = None
    source: str = ""
    notes: str = ""
    publisher: str = ""
    language: str = "und"
    url: str = ""
    organization: str = ""
    issuer: str = ""
    organization_from: str = ""
    profiles: tuple[str, ...] = ()


_STRINGS = tuple(item.name for item in fields(Metadata) if item.type == "str" or item.type is str)


@dataclass(frozen=True, slots=True)
class Document:
    r"""One text, kept exactly as its source gives it.

    Attributes
    ----------
    id : str
        Letters, digits, dots and hyphens; every anchor starts with it.
    text : str
        The decoded source, header included, never repaired; of an HTML page, a PDF or a Word
        document, what was extracted from it. Every offset of the package counts characters (code
        points) of this string.
    metadata : Metadata
        Title, place, date and the like.
    sha256 : str
        Hash of the source's bytes.
    body : tuple of int
        Start and end of the document proper within ``text``.
    notices : tuple of str
        What the loader has to say: the encoding, what it could not tell, a duplicate.
    removed : tuple of Removed
        What the loader left out, with its place: navigation, page numbers, footnotes.
    origin : Origin or None
        Where the text was extracted from; None where the text is the source itself.

    Examples
    --------
    >>> document = Document.from_text("The Parties will meet in 2014.", id="note")
    >>> document
    Document('note', en, 30 characters)
    >>> document.text[slice(*document.body)]
    'The Parties will meet in 2014.'
    """

    id: str
    text: str
    metadata: Metadata
    sha256: str
    body: tuple[int, int]
    notices: tuple[str, ...] = field(default=())
    removed: tuple[Removed, ...] = field(default=(), repr=False, compare=False)
    origin: Origin | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse an id that no anchor can hold; clean what no file can hold, and say so."""
        if not _ID.fullmatch(self.id) or len(self.id) > 100:
            raise ParameterError(
                f"document id {self.id!r}: an id is 1 to 100 letters, digits, dots, hyphens and "
                "underscores and starts and ends with a letter or digit; choose another id"
            )
        notices = []
        # It has no UTF-8 form: no file, page or table could hold it.
        if not _has_utf8_form(self.text):
            broken = len(BROKEN_LETTER.findall(self.text))
            object.__setattr__(self, "text", BROKEN_LETTER.sub(REPLACEMENT, self.text))
            notices.append(
                f"{broken} characters were broken (lone surrogates); each is now {REPLACEMENT}"
            )
        said = {name: getattr(self.metadata, name) for name in _STRINGS}
        changed: dict[str, Any] = {}
        if not _has_utf8_form("".join(said.values())):
            changed = {name: BROKEN_LETTER.sub(REPLACEMENT, said[name]) for name in said}
        address = changed.get("url", said["url"])
        if address and (clean := web_address(address)) != address:
            changed["url"] = clean
            if not clean:
                notices.append(
                    "the source names an address that is not http or https; it is left out"
                )
        if changed:
            object.__setattr__(self, "metadata", replace(self.metadata, **changed))
        object.__setattr__(self, "notices", tuple(map(brief, (*self.notices, *notices))))

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str,
        title: str = "",
        place: str = "",
        date: datetime.date | None = None,
        source: str = "",
        notes: str = "",
        publisher: str = "",
        language: str = "",
        url: str = "",
        organization: str = "",
    ) -> "Document":
        """Make a document of a string.

        Parameters
        ----------
        text : str
            The document; all of it is body.
        id : str
            Its id.
        title, place, date, source, notes, publisher, language, url, organization
            Metadata; the language is recognised by the script where it is not given, and the
            organization is a profile's id, such as ``"sco"``, or several.

        Raises
        ------
        SourceError
            Where the text holds nothing but white space.
        """
        if not text.strip():
            raise SourceError(f"document {id!r}: the text is empty; give a text with words in it")
        metadata = Metadata(
            title=title,
            place=place,
            date=date,
            source=source,
            notes=notes,
            publisher=publisher,
            language=language or language_of(text),
            url=url,
            organization=organization,
            organization_from="parameter" if organization else "",
        )
        # A lone surrogate has no UTF-8 form; it may stand in a str all the same.
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(id=id, text=text, metadata=metadata, sha256=digest, body=(0, len(text)))

    def may_be_in(self, language: str) -> bool:
        """Return whether rules for a language, by its ISO 639-1 code, may be applied to it.

        >>> Document.from_text("Nous nous sommes réunis pour la paix.", id="note").may_be_in("en")
        False
        """
        return may_be(self.metadata.language, self.text[slice(*self.body)], language)

    _repr_html_ = in_notebook

    def __repr__(self) -> str:
        """Return the document in a line: its id, title, date, language and size."""
        known = self.metadata
        title = f"{known.title[:_TITLE]}…" if len(known.title) > _TITLE else known.title
        facts = [repr(title) if title else "", str(known.date or ""), known.language]
        about = ", ".join([repr(self.id), *filter(None, facts)])
        return f"Document({about}, {len(self.text):,} characters)"

    def locate(self, offset: int) -> SourceLocation:
        r"""Return the place in the source of a character of the text.

        Parameters
        ----------
        offset : int
            Its number in ``text``, such as a segment's ``start``.

        Returns
        -------
        SourceLocation
            Page and line of a PDF, paragraph of a Word document, element and line of an HTML page,
            line of a text.

        Examples
        --------
        >>> str(Document.from_text("We met.\n\nWe agreed.", id="note").locate(9))
        'line 3'
        """
        if self.origin is not None:
            return self.origin.locate(offset)
        return SourceLocation(line=len(_LINE_END.findall(self.text, 0, max(offset, 0))) + 1)


@dataclass(frozen=True, slots=True)
class Corpus:
    """An ordered collection of documents with distinct ids.

    Attributes
    ----------
    documents : tuple of Document
        In the order of their sources.
    faults : tuple of str
        What could not be read, one clear error a source; empty unless the faults were to be kept.
    notices : tuple of str
        What a reader should know of the whole: files passed over, duplicates.

    Examples
    --------
    >>> corpus = Corpus((Document.from_text("One.", id="a"), Document.from_text("Two.", id="b")))
    >>> corpus
    Corpus(2 documents: a, b)
    >>> [document.id for document in corpus]
    ['a', 'b']
    """

    documents: tuple[Document, ...]
    faults: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two documents with one id: their rows could not be separated."""
        seen: set[str] = set()
        for document in self.documents:
            if document.id in seen:
                raise ParameterError(
                    f"corpus: two documents have the id {document.id!r}; give one another id"
                )
            seen.add(document.id)

    _repr_html_ = in_notebook

    def __repr__(self) -> str:
        """Return the corpus in a line: how many documents, and the first ids."""
        ids = ", ".join(document.id for document in self.documents[:_IDS])
        more = ", …" if len(self) > _IDS else ""
        about = f": {ids}{more}" if ids else ""
        return f"Corpus({len(self):,} document{'' if len(self) == 1 else 's'}{about})"

    def __iter__(self) -> Iterator[Document]:
        """Iterate over the documents in order."""
        return iter(self.documents)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.documents)

    def __getitem__(self, id: str) -> Document:
        """Return the document with this id."""
        for document in self.documents:
            if document.id == id:
                return document
        known = ", ".join(document.id for document in self.documents)
        raise ParameterError(f"corpus: no document {id!r}; it has {known or 'none'}")


Documents: TypeAlias = Document | Corpus | Iterable[Document]


def documents_of(source: Documents) -> Iterator[Document]:
    """Return the documents of a document, a corpus or a stream of documents.

    Every public function takes any of the three through this one door.
    """
    if isinstance(source, Document):
        return iter((source,))
    if isinstance(source, str):
        raise ParameterError(
            "a string is not a document; use load_document(path) or Document.from_text(text, id=…)"
        )
    return iter(source)
