"""Codebooks as data: reading and checking them, and finding their patterns in a text."""
