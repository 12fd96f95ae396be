"""One file a form of source."""
