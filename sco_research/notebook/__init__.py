"""What only a notebook needs: rich displays, tables to search, coding by hand."""
