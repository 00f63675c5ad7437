"""Candidates that come in bulk: a spreadsheet read, mended in the page, then made dossiers."""
