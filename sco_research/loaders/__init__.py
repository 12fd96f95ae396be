"""Source → Document: the loaders, and the functions that use them."""

from sco_research.loaders.corpus import load_corpus, stream_corpus
from sco_research.loaders.document import document_id_of, load_document
from sco_research.loaders.registry import LOADERS, Loader
from sco_research.loaders.sources import files_in

__all__ = [
    "LOADERS",
    "Loader",
    "document_id_of",
    "files_in",
    "load_corpus",
    "load_document",
    "stream_corpus",
]
