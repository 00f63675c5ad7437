"""The rule base: one dated, sourced definition of every rule, and its four readings.

`decider` answers for one dossier, `lot` for a million, `dire` says the rule in French,
`basculer` says what would change the answer; `rejouer` compares two bases. Start from
`courante.base_courante()` and `positionnement.positionner()`.
"""
