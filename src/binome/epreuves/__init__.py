"""Épreuves of a path: planned, passed, told by grids; what the tutor says of a bloc, and what is proposed to a jury."""
