"""The trades: what is counted and told with the language, of hours, of funding, of the aid contract.

The language (`binome.regles`) knows none of them: each brings it an `Apport`, gathered in `metiers`.
"""
