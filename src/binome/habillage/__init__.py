"""The clothes of every page: its base, its components, its static files, and the questions put on it."""
