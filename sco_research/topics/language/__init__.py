"""What the report on language says."""
