"""The communication kit: a page and two papers per public, the annex of an aid contract, what to copy elsewhere."""
