"""Frames → pages: what a notebook uses to collect a report, and what turns it into files."""
