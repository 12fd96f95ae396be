"""Codings out to other tools, and codings of other tools in."""
