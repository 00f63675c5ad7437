"""The documents of a dossier, and their page images."""
