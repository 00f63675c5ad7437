"""Why a gesture did not pass, in words for the person."""

from __future__ import annotations


class GesteImpossible(Exception):
    """A gesture that the flow does not allow here; its message is for the person."""


class Depasse(GesteImpossible):
    """Someone else changed the object meanwhile; `mot` names it, as « ce dossier »."""

    def __init__(self, mot: str = "ce dossier") -> None:
        pronom = "la" if mot.startswith("cette ") else "le"
        super().__init__(
            f"Une autre personne a modifié {mot} entre-temps. "
            f"Relisez-{pronom}, puis recommencez si c’est encore utile."
        )
