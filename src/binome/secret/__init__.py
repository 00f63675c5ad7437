"""Statistical secrecy, pure: what of a table of counts may be published, and what a reader could still work out."""
