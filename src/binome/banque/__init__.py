"""What a bank says came in: a file as CSV, or camt.053 (ISO 20022), read line by line, refused in a sentence when it is another.

The columns of a CSV are found by their names; no bank's own format was read for it.
"""
