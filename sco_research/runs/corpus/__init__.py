"""The analyses of any number of texts, into Parquet."""
