"""The pages of paths that their table alone does not give."""
