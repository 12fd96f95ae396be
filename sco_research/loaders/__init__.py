"""Source → Document: the loaders, and the three functions that use them."""

from sco_research.loaders.corpus import load_corpus, stream_corpus
from sco_research.loaders.opening import LOADERS, Loader
from sco_research.loaders.single import load_document

__all__ = ["LOADERS", "Loader", "load_corpus", "load_document", "stream_corpus"]
