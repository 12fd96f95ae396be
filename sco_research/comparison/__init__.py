"""Texts beside each other: keyness, reuse, change over the years, likeness and formula."""
