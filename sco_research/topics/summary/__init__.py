"""What stands above the reports: the page of all of them, and their key figures."""
