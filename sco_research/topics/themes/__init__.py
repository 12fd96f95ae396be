"""What the report on themes says."""
