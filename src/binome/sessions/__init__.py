"""The sessions of an organisation: their slots, and who is enrolled in them."""
