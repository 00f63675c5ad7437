"""What a person types, read as a fact, and a fact as the address holds it.

Money is typed and kept in euros, with a comma or a point; a refusal speaks of euros too.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from binome.regles.calendrier import montant_en_clair
from binome.regles.faits import decimal_en_clair, lire_texte, lire_valeur

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.regles.faits import DefinitionDeFait, Valeur

AUCUN: Final = "aucun"
INCONNU: Final = "inconnu"
_BLANCS: Final = re.compile(r"[\s\u00a0\u202f€]+")
_JOUR: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_EUROS: Final = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,2})?")


def en_euros(fait: DefinitionDeFait) -> bool:
    """Whether a fact is money."""
    return fait.unite == "cents"


def _lire_euros(fait: DefinitionDeFait, texte: str) -> int:
    """Cents. Raises ValueError with a French sentence."""
    nombre = _BLANCS.sub("", texte).replace(",", ".").replace("−", "-")
    if not _EUROS.fullmatch(nombre):
        msg = f"« {texte[:40]} » n’est pas un montant ; écrivez des euros, par exemple 3 200 ou 3 200,50"
        raise ValueError(msg)
    cents = int(Decimal(nombre) * 100)
    if fait.minimum is not None and cents < fait.minimum:
        borne = montant_en_clair(fait.minimum)
        msg = f"{montant_en_clair(cents)} est trop petit ; indiquez {borne} ou plus"
        raise ValueError(msg)
    if fait.maximum is not None and cents > fait.maximum:
        borne = montant_en_clair(fait.maximum)
        msg = f"{montant_en_clair(cents)} est trop grand ; le plus grand possible est {borne}"
        raise ValueError(msg)
    return cents


def lire_saisie(fait: DefinitionDeFait, saisies: Sequence[str]) -> Valeur | None:
    """The value behind what was typed or ticked. Raises ValueError with a French reason."""
    if fait.type == "liste":
        gardees = [un for un in saisies if un != AUCUN]
        return lire_valeur(fait, gardees) if gardees else frozenset()
    texte = saisies[-1].strip()
    if en_euros(fait):
        return _lire_euros(fait, texte)
    lu = lire_texte(fait, texte)
    if fait.type == "date" and not _JOUR.fullmatch(str(lu)):
        msg = f"« {texte[:40]} » n’est pas une date ; donnez un jour, par exemple le 15/01/2026"
        raise ValueError(msg)
    if fait.type == "booleen" and not isinstance(lu, bool):
        msg = f"« {texte[:40]} » n’est ni oui ni non"
        raise ValueError(msg)
    return lire_valeur(fait, lu)


def en_saisie(fait: DefinitionDeFait, valeur: Valeur) -> list[str]:
    """A value as the address holds it."""
    match valeur:
        case frozenset():
            return sorted(valeur) or [AUCUN]
        case date() | str():
            return [str(valeur)]
        case bool():
            return ["oui" if valeur else "non"]
        case _ if fait.type == "decimal" or en_euros(fait):
            return [decimal_en_clair(valeur)]
        case _:
            return [str(valeur)]
