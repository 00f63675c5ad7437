"""From the épreuves to a certificate that a stranger can check: grids, juries, minutes, parchemins."""
