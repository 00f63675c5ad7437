"""Open data: what is public already, as datasets that a program reads, each vintage kept under an address that never changes."""
