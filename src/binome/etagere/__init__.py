"""The shelves: whole files under random names, outside the web, that a backup takes, a sweep clears, an erasure empties."""
