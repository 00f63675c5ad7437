"""Hours of training that a person fixes: read as people write them, and held against those that the rules know."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from binome.dossiers.bases import base_de
from binome.regles.calendrier import duree_en_clair, lire_duree
from binome.regles.metiers.ecart import bornes_des_heures
from binome.regles.nombres import sans_unite

if TYPE_CHECKING:
    from binome.dossiers.models import Proposition
    from binome.regles.metiers.ecart import Derogation

ILLISIBLES: Final = "Écrivez les heures ainsi : 182 h, ou 182 h 30."
OU_CONFIRMER: Final = "Corrigez, ou confirmez et dites pourquoi."


def lire_les_heures(texte: str) -> int:
    """Hours out of a form, in minutes: « 182 h 30 », « 279 heures », « 12,5 », or a number of hours. Raises ValueError."""
    dit = re.sub(
        r"(?<=\d)\s*(?:heures?|h)\b\.?", " h", " ".join(texte.split()), flags=re.IGNORECASE
    )
    nombre = sans_unite(dit, "heures").replace(",", ".")
    if re.fullmatch(r"\d+(\.\d+)?", nombre):
        heures, _, fraction = nombre.partition(".")
        minutes, reste = divmod(int(fraction or 0) * 60, int(f"1{'0' * len(fraction)}"))
        if reste:
            raise ValueError(ILLISIBLES)
        return int(heures) * 60 + minutes
    try:
        return lire_duree(re.sub(r"(?<=h )(\d{1,2}) ?min\w*$|(?<=h )(\d{1,2})$", r"\1\2", dit))
    except ValueError:
        raise ValueError(ILLISIBLES) from None


def hors_bornes(proposition: Proposition, ecart: Derogation) -> str:
    """What to confirm of hours that are more than the training counts, or fewer than it can be brought down to.

    Both numbers are said; empty within the bounds, and where the rules know none.
    """
    if ecart.minutes is None:
        return ""
    base = base_de(proposition.dossier.certification)
    faits = base.lire(dict(proposition.faits_prouves))
    moins, plus = bornes_des_heures(base, faits, replace(ecart, minutes=None))
    dites = duree_en_clair(ecart.minutes)
    if plus is not None and ecart.minutes > plus:
        return (
            f"Vous accordez {dites} de formation, sans les épreuves : la formation entière en compte "
            f"{duree_en_clair(plus)}. {OU_CONFIRMER}"
        )
    if moins is not None and 0 < ecart.minutes < moins:
        return (
            f"Vous accordez {dites} de formation : avec toutes les dispenses, il en reste {duree_en_clair(moins)}. "
            f"{OU_CONFIRMER}"
        )
    return ""
