"""The pages of presence."""
