"""The same reports on a Dask scheduler, with a shared disk or without."""
