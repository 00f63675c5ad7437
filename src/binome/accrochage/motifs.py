"""The sentences of the acknowledgements seen, and what each one asks: no code comes with them.

Source: docs/contrat-json.md says which were read in real acknowledgements, and which were reported.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from binome.pliage import plier


class MotifDuRefus(NamedTuple):
    """A sentence by its beginning, folded; `accepte` where the passage is held already."""

    debut: str
    conduite: str
    accepte: bool = False


NON_REPERTORIE: Final = (
    "Refusé pour un motif non répertorié : lisez la phrase, et gardez-la avec l’accusé."
)
# The first that fits is the one: the longer sentences come before those that they begin with.
_MOTIFS: Final = (
    MotifDuRefus("aucun titulaire ne correspond aux criteres obligatoires enrichis du jour et du mois de naissance",
          "Vérifiez le jour et le mois de naissance sur une pièce d’identité."),
    MotifDuRefus("aucun titulaire ne correspond aux criteres de reconciliation",
          "Vérifiez la commune de naissance et son code, puis le deuxième et le troisième prénom."),
    MotifDuRefus("aucun titulaire ne correspond aux criteres obligatoires",
          "Vérifiez le nom de naissance, le prénom, le sexe et l’année de naissance sur une pièce d’identité ou un acte."),
    MotifDuRefus("plusieurs titulaires ont ete identifies",
          "Ajoutez le deuxième prénom, le troisième, et la commune de naissance."),
    MotifDuRefus("le passage certification avec le bcr emetteur", "Rien : ce passage est déjà déclaré.", accepte=True),
    MotifDuRefus("le titulaire existe deja en base", "Rien : ce passage est déjà déclaré.", accepte=True),
)  # fmt: skip


def _motif(phrase: str) -> MotifDuRefus | None:
    pliee = " ".join(plier(phrase).split())
    return next((un for un in _MOTIFS if pliee.startswith(un.debut)), None)


def conduite(phrase: str) -> str:
    """What a sentence of refusal asks to do."""
    un = _motif(phrase)
    return NON_REPERTORIE if un is None else un.conduite


def vaut_acceptation(phrase: str) -> bool:
    """Whether a sentence says that the passage is held already: sent again, it would be refused again."""
    un = _motif(phrase)
    return un is not None and un.accepte


def est_connu(phrase: str) -> bool:
    """Whether a sentence of refusal was seen before, so that what to do of it is known."""
    return _motif(phrase) is not None
