"""The declaration of certifications to the passeport de compétences: lots as XML, and their acknowledgements read back.

Pure: knows neither database nor rules. The schema is that of version 1.1.2, written again from its facts; what is said
of 1.1.5 adds one element and was never read in the official file, which the branch gives.
"""
