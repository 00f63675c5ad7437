"""Certificates declared to the passeport de compétences: lots sent, acknowledgements read back, civil status."""
