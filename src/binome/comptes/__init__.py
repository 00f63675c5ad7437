"""People and organisations: who one is, for whom one acts, and what one may."""
