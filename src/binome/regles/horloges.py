"""The clocks as the data write them, and the conditions that ask whether one is kept.

A deadline is written once, as a clock of the view `echeances`. A rule that asks whether a date keeps it
names the clock: the same row gives the day and judges it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from binome.regles.conditions import Decale
from binome.regles.regle import Horloge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from binome.regles.faits import DefinitionDeFait
    from binome.regles.lecture import Brut

Parametre: TypeAlias = "Callable[[str], int | date | str]"


class LecteurDHorloges:
    """Reads clocks; knows those of the whole base before any condition is read."""

    def __init__(self, tables: Sequence[Brut], faits: Mapping[str, DefinitionDeFait]) -> None:
        self._faits = faits
        self._bruts: dict[str, tuple[Brut, Brut]] = {}
        for table in tables:
            for regle in table["regles"]:
                alors = regle.get("alors")
                if isinstance(alors, dict) and isinstance(alors.get("echeance"), dict):
                    self._bruts[str(regle.get("id"))] = regle, alors["echeance"]

    def lire(self, code: str, brut: Brut, parametre: Parametre) -> Horloge:
        """The clock of an effect, its code apart. Raises ValueError when it is not written as it should."""
        match brut:
            case {"plus_mois": {"parametre": str(nom), **autres}} if not autres:
                return self.lire(code, {**brut, "plus_mois": parametre(nom)}, parametre)
            case {"fait": str(fait), "plus_mois": int(mois), **reste} if (
                reste in ({}, {"veille": True})
                and fait in self._faits
                and self._faits[fait].type == "date"
            ):
                return Horloge(code, fait, mois, veille=bool(reste))
            case {"le": date() as jour, **reste} if not reste:
                return Horloge(code, le=jour)
            case _:
                msg = f"échéance illisible : {brut!r}"
                raise ValueError(msg)

    def depuis(
        self, du: date | None, au: date | None, parametre: Parametre
    ) -> Callable[[str], Decale]:
        """What gives the day of a clock to a rule of this window.

        Raises ValueError when the clock is not a number of months, or has another window: the rule would
        judge a day that nobody tells.
        """

        def horloge(identifiant: str) -> Decale:
            regle, effet = self._bruts.get(identifiant, ({}, {}))
            if "fait" not in effet or "veille" in effet:
                msg = f"l’échéance « {identifiant} » n’existe pas, ou n’est pas un nombre de mois"
                raise ValueError(msg)
            if (regle.get("du"), regle.get("au")) != (du, au):
                msg = f"la fenêtre n’est pas celle de l’échéance « {identifiant} »"
                raise ValueError(msg)
            reste = {cle: valeur for cle, valeur in effet.items() if cle != "code"}
            lue = self.lire(str(effet["code"]), reste, parametre)
            return Decale(lue.fait, lue.mois)

        return horloge
