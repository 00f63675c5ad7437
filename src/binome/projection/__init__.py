"""Stocks and flows under the rules: contracts, persons, entries, certified people, money, month by month.

Pure: the rule base, dated counts, seeded draws (NumPy alone). The same question gives the same numbers.
"""
