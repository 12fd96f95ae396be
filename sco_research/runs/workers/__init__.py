"""Processes on this machine that make report after report, and what they may use of it."""
