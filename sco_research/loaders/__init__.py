"""Source → Document: the loaders, and the functions that use them."""

from sco_research.loaders.corpus import load_corpus, stream_corpus
from sco_research.loaders.gathering import files_in
from sco_research.loaders.registry import LOADERS, Loader
from sco_research.loaders.single import document_id_of, load_document

__all__ = [
    "LOADERS",
    "Loader",
    "document_id_of",
    "files_in",
    "load_corpus",
    "load_document",
    "stream_corpus",
]
