"""The documents of a dossier: what they are, how one comes in, and how many may."""
