"""Sealed papers: composed from what a row keeps, signed, shelved, and verified years later."""
