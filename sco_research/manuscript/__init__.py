"""The numbers of a scholar's own paper, held against those of the reports."""
