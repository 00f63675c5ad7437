"""What a person types, read as a fact, and a fact as the address holds it: one reading for a form and for a cell.

Money is typed and kept in euros, with a comma or a point; a refusal speaks of euros too.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from binome.habillage.mots import code_de, refuser, separer
from binome.habillage.questions import AUCUN, en_euros, reponses_de
from binome.regles.calendrier import montant_en_clair
from binome.regles.faits import decimal_en_clair, lire_texte, lire_valeur
from binome.regles.jours import ANNEES, lire_jour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.regles.faits import DefinitionDeFait, Valeur

_BLANCS: Final = re.compile(r"[\s\u00a0\u202f€]+")
_JOUR: Final = re.compile(r"(?P<jour>\d{1,2})[/.-](?P<mois>\d{1,2})[/.-](?P<annee>\d{4}|\d{2})")
_ISO: Final = re.compile(r"(?P<annee>\d{4})-(?P<mois>\d{1,2})-(?P<jour>\d{1,2})")
_EUROS: Final = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,2})?")
EXEMPLES: Final = {"mois": "24", "heures": "35"}
"""A number of some units, as an example of what to write."""


def jour_ecrit(texte: str) -> date:
    """A day, as people write it. Raises ValueError, which says what to write."""
    jour = lire_jour(texte)
    if jour is not None:
        return jour
    if (dite := _JOUR.fullmatch(texte.strip()) or _ISO.fullmatch(texte.strip())) is not None:
        quand = f"{dite['jour']}/{dite['mois']}/{dite['annee']}"
        if len(dite["annee"]) == 4 and int(dite["annee"]) not in ANNEES:
            msg = f"l’année {dite['annee']} n’est pas plausible ; attendu entre {ANNEES[0]} et {ANNEES[-1]}"
            raise ValueError(msg)
        msg = f"le {quand} n’existe pas dans le calendrier ; écrivez le jour, le mois, puis l’année"
    else:
        msg = f"« {texte[:40]} » n’est pas une date ; écrivez un jour, par exemple 15/01/2026"
    raise ValueError(msg)


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


def _lire_liste(fait: DefinitionDeFait, saisies: Sequence[str]) -> Valeur | None:
    """Every answer ticked, or written in a cell. Raises ValueError for one that is not offered."""
    dits = [dit for saisie in saisies for dit in separer(fait, saisie)]
    if not dits and any(saisies):
        raise ValueError("aucune réponse n’est nommée ; écrivez « aucun » s’il n’y en a pas")
    for dit in dits:
        if code_de(fait, dit) is None:
            raise ValueError(refuser(fait, dit))
    return lire_valeur(fait, [dit for dit in dits if dit != AUCUN])


def _lire_nombre(fait: DefinitionDeFait, texte: str) -> Valeur | None:
    """A number, whole or not, with its unit or without. Raises ValueError."""
    lu = lire_texte(fait, texte)
    if isinstance(lu, str):
        dit, exemple = f"« {texte[:40]} »", EXEMPLES.get(fait.unite, "")
        suite = f", par exemple {exemple}" if exemple else ""
        if fait.reponses:
            raise ValueError(refuser(fait, texte))
        if re.fullmatch(r"[+-]?\d+", texte):
            raise ValueError(f"{dit} est un nombre trop grand")
        if fait.type == "entier" and re.fullmatch(r"[+-]?\d+[.,]\d+", texte):
            raise ValueError(f"{dit} a une virgule ; écrivez un nombre sans virgule{suite}")
        raise ValueError(f"{dit} n’est pas un nombre ; écrivez-le en chiffres{suite}")
    return lire_valeur(fait, lu)


def lire_saisie(fait: DefinitionDeFait, saisies: Sequence[str]) -> Valeur | None:
    """The value behind what was typed, ticked, or written in a cell. Raises ValueError with a French reason."""
    if fait.type == "liste":
        return _lire_liste(fait, saisies)
    texte = saisies[-1].strip()
    if en_euros(fait):
        return _lire_euros(fait, texte)
    if fait.type == "date":
        return lire_valeur(fait, jour_ecrit(texte).isoformat())
    if reponses_de(fait):
        # A number that has its words may still be written in figures.
        texte = code_de(fait, texte) or texte
    if fait.type in ("entier", "decimal"):
        return _lire_nombre(fait, texte)
    if fait.type == "booleen":
        lu = lire_texte(fait, texte)
        if not isinstance(lu, bool):
            msg = f"« {texte[:40]} » n’est ni oui ni non"
            raise ValueError(msg)
        return lu
    if texte not in fait.valeurs:
        raise ValueError(refuser(fait, texte))
    return lire_valeur(fait, texte)


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
