"""PDF: pages read in a process of their own, lines put together into paragraphs."""
