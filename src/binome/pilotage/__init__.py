"""Steering: what is counted of the house each month, kept as it was, and shown to who answers for it."""
