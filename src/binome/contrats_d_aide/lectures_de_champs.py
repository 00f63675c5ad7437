"""What the fields of the gestures on a contract hold, read out of a form."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.contrats_d_aide.etats import FiniPar, OptionDeContrat
from binome.gestes.table import Champ

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import TextChoices

LONGUEUR: Final = 500
"""Characters of an explanation, at most."""
PREMIER_JOUR: Final = date(2015, 1, 1)
"""No day of a contract comes before: the trade was created in 2018, and its first contract signed in 2019."""
DERNIER_JOUR: Final = date(2100, 12, 31)


def lire_un_jour(texte: str) -> date:
    """A day, as a calendar field gives it or as people write it. Raises ValueError in words."""
    ecrit = texte.strip()
    try:
        if "/" in ecrit:
            jour, mois, annee = (int(un) for un in ecrit.split("/"))
            lu = date(annee, mois, jour)
        else:
            lu = date.fromisoformat(ecrit)
    except ValueError:
        raise ValueError(
            f"« {texte} » n’est pas une date : écrivez par exemple 15/03/2027."
        ) from None
    if not PREMIER_JOUR <= lu <= DERNIER_JOUR:
        raise ValueError(f"« {texte} » est trop loin : relisez l’année.")
    return lu


def lire_un_jour_passe(texte: str) -> date:
    """The same, today or before. Raises ValueError in words."""
    lu = lire_un_jour(texte)
    if lu > timezone.localdate():
        raise ValueError("Ce jour n’est pas encore venu : dites-le une fois fait.")
    return lu


def lire_une_explication(texte: str) -> str:
    """A text that holds in its column. Raises ValueError."""
    if len(texte) > LONGUEUR:
        raise ValueError(f"L’explication tient en {LONGUEUR} caractères au plus.")
    return " ".join(texte.split())


def lire_un_code(choix: type[TextChoices], manque: str) -> Callable[[str], str]:
    """Reads one of some codes; anything else raises `manque`."""

    def lire(texte: str) -> str:
        if texte not in choix.values:
            raise ValueError(manque)
        return texte

    return lire


def lire_des_etp(texte: str) -> int:
    """Hundredths of a full-time post, out of « 1,5 ». Raises ValueError."""
    ecrit = texte.strip().replace(",", ".")
    entier, _, decimales = ecrit.partition(".")
    if not (entier.isascii() and entier.isdigit() and len(entier) <= 2 and len(decimales) <= 2
            and (not decimales or (decimales.isascii() and decimales.isdigit()))):  # fmt: skip
        raise ValueError(
            f"« {texte} » n’est pas un nombre de temps pleins : écrivez par exemple 1,5."
        )
    lus = int(entier) * 100 + int((decimales + "00")[:2])
    if not lus:
        raise ValueError("Un contrat paie au moins une part de temps plein.")
    return lus


SIGNE_LE: Final = Champ(
    "signe_le", "Signé le", "Dites le jour de la signature.", lire=lire_un_jour_passe, jour=True
)
COMMENCE_LE: Final = Champ(
    "le", "La personne travaille depuis le", "Dites depuis quel jour.", lire=lire_un_jour_passe, jour=True
)  # fmt: skip
SUSPENDU_LE: Final = Champ(
    "du", "Suspendu depuis le", "Dites depuis quel jour.", lire=lire_un_jour_passe, jour=True
)
REPRIS_LE: Final = Champ("du", "Repris le", "Dites quel jour.", lire=lire_un_jour_passe, jour=True)
AMENDE_LE: Final = Champ(
    "du", "L’avenant vaut depuis le", "Dites depuis quel jour.", lire=lire_un_jour, jour=True
)
OPTION: Final = Champ(
    "option", "La nouvelle option", lire=lire_un_code(OptionDeContrat, "Choisissez une option de la liste."),
    choix=tuple((str(un.value), str(un.label)) for un in OptionDeContrat),
)  # fmt: skip
ETP: Final = Champ("etp", "Ou les temps pleins d’un contrat collectif", lire=lire_des_etp)
PAR_QUI: Final = Champ(
    "par", "Qui met fin au contrat", "Choisissez qui met fin au contrat.",
    lire=lire_un_code(FiniPar, "Choisissez qui met fin au contrat."),
    choix=tuple((str(un.value), str(un.label)) for un in (FiniPar.MEDECIN, FiniPar.CAISSE)),
)  # fmt: skip
LETTRE_LE: Final = Champ(
    "lettre_le", "Lettre recommandée envoyée le", lire=lire_un_jour_passe, jour=True
)
DERNIER: Final = Champ(
    "fini_le", "Dernier jour du contrat", "Dites le dernier jour.", lire=lire_un_jour, jour=True
)
EXPLICATION: Final = Champ("explication", "Pourquoi", lire=lire_une_explication)
