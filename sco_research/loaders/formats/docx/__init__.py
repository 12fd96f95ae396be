"""Word documents: the tree of WordprocessingML as the paragraphs that Word shows."""
