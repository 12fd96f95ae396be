"""What the report on comparison says."""
