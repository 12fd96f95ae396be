"""What a loader is given: the bytes of one source, and its name."""

from functools import cached_property

from sco_research.loaders.encoding import decode


class Source:
    """The bytes of a source, decoded when a loader first asks for its text.

    Parameters
    ----------
    data : bytes
        The source.
    where : str
        What to call it in an error: a path, an address, an archive and its member.
    suffix : str
        The ending of its name with the dot, in lower case; empty where it has none.
    encoding : str, optional
        Its encoding, where the caller knows it.
    """

    def __init__(
        self, data: bytes, where: str, *, suffix: str = "", encoding: str | None = None
    ) -> None:
        self.data = data
        self.where = where
        self.suffix = suffix
        self.encoding = encoding

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return decode(self.data, where=self.where, encoding=self.encoding)

    @property
    def text(self) -> str:
        """The source as text; `SourceError` where it is none."""
        return self._decoded[0]

    @property
    def is_decoded(self) -> bool:
        """Whether a loader has asked for the text."""
        return "_decoded" in self.__dict__

    @property
    def text_encoding(self) -> str:
        """The encoding in which `text` was found."""
        return self._decoded[1]
