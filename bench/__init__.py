"""The bench: the same positioning rules in Binôme and in its peers, checked equal, then timed.

Run it with `./binome bench`. Modules that peers' own environments also import (`colonnes`,
`ouvrier`, `pairs`) stand on the standard library alone, never on `binome`.
"""
