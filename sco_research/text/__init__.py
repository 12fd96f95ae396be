"""The ground: a document, its repaired text, its segments and its words."""
