"""What the report on commitments says."""
