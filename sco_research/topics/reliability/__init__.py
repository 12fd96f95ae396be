"""What the report on reliability says."""
