"""HTML: the page, its article, its paragraphs."""
