"""Pages fetched from the web, and the record of them."""
