"""Why a gesture did not pass, in words for the person."""

from __future__ import annotations


class GesteImpossible(Exception):
    """A gesture that the flow does not allow here; its message is for the person.

    `champ` names the field of the gesture that the message is about, so that a page may lead to it.
    """

    def __init__(self, message: str, *, champ: str = "") -> None:
        super().__init__(message)
        self.champ = champ


class Depasse(GesteImpossible):
    """The object changed meanwhile, by someone else or in another tab; `mot` names it, as « ce dossier »."""

    def __init__(self, mot: str = "ce dossier") -> None:
        pronom = "la" if mot.startswith("cette ") else "le"
        super().__init__(
            f"{mot[0].upper()}{mot[1:]} a changé entre-temps, par quelqu’un d’autre ou dans un autre onglet. "
            f"Relisez-{pronom}, puis recommencez si c’est encore utile."
        )
