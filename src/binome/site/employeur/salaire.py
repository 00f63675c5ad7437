"""What is known of the wage, dated, and what the typed gross wage makes of it: beside the SMIC of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.regles.calendrier import montant_en_clair
from binome.regles.courante import base_courante
from binome.regles.regle import Bareme

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.sources import Citation

TABLE: Final = "smic"
INCONNU: Final = "Nous n’avons pas lu le SMIC de ce jour. L’Urssaf le donne."


@dataclass(frozen=True, slots=True)
class SmicDuJour:
    """The minimum wage by the month at full time, in cents; None where no source gives it."""

    dit: str
    mensuel: int | None
    sources: tuple[Citation, ...]


def smic_du(jour: date) -> SmicDuJour:
    """The minimum wage of a day, by the rule base."""
    regles = base_courante().entiere.regles.values()
    une = next((un for un in regles if un.table == TABLE and un.couvre(jour)), None)
    if une is None:
        return SmicDuJour(INCONNU, None, ())
    cases = une.effet.cases if isinstance(une.effet, Bareme) else {}
    return SmicDuJour(une.dit, cases.get("mensuel"), une.sources)


def juger_le_brut(brut: int | None, smic: SmicDuJour) -> str:
    """What a gross wage of a full time is beside the minimum of the day; empty when either is unknown."""
    if brut is None or smic.mensuel is None:
        return ""
    dit = montant_en_clair(brut)
    if brut < smic.mensuel:
        manque = montant_en_clair(smic.mensuel - brut)
        return (
            f"{dit} brut à temps plein est sous le SMIC de ce jour : il manque {manque} par mois."
        )
    if brut == smic.mensuel:
        return f"{dit} brut à temps plein est le SMIC de ce jour. Vérifiez le minimum de la convention."
    plus = montant_en_clair(brut - smic.mensuel)
    return f"{dit} brut à temps plein dépasse le SMIC de ce jour de {plus} par mois. Vérifiez le minimum de la convention."
