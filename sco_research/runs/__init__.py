"""Notebooks → reports: parameters are checked, the notebook is run, the report is put in place."""
