"""The training organisations that Binôme knows of, where they teach, and where nobody does."""
