"""The documents of dossiers: taken in, shown page by page, examined, and how many may be kept."""
