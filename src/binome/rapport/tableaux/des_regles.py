"""What the rule base answers today of the report's tables, in minutes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner
from binome.regles.profils import series

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def blocs_d_aujourd_hui() -> Mapping[str, int]:
    """The minutes of each bloc of the last version, of its épreuves, and in all."""
    dernier = max(base_courante().referentiels.values(), key=lambda un: un.du)
    valeurs = {f"bloc-{un.numero}": un.minutes for un in dernier.blocs}
    if dernier.evaluations is not None:
        valeurs["evaluations"] = dernier.evaluations
        valeurs["total"] = sum(un.minutes for un in dernier.blocs) + dernier.evaluations
    return valeurs


@cache
def profils_rejoues() -> Mapping[str, int]:
    """The minutes of each profile of table 9, decided again by the rules; those that cannot be told are left out."""
    base = base_courante()
    totaux = {
        f"profil-{rang}": positionner(base, base.lire(un.objet)).minutes["total"]
        for rang, un in enumerate(series()[0].profils)
    }
    return {code: total for code, total in totaux.items() if total is not None}
