"""The kinds of settings: how each is read, and refused."""

from __future__ import annotations

from datetime import date
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, TypedDict, Unpack

from binome.reglages.formes import separer
from binome.reglages.lieux import refuser_l_installation
from binome.reglages.reglage import FamilleDeReglages, Reglage

if TYPE_CHECKING:
    from collections.abc import Callable
    from ipaddress import IPv4Network, IPv6Network

OUI: Final = frozenset({"oui", "1", "true", "yes"})
NON: Final = frozenset({"non", "0", "false", "no"})
Reseau: TypeAlias = "IPv4Network | IPv6Network"


class Dits(TypedDict, total=False):
    """What every kind may say of a setting."""

    attendu: str
    unite: str
    sans: str
    secret: bool


def _oui_non(mot: str) -> bool:
    mot = mot.lower()
    if mot not in OUI | NON:
        raise ValueError("vaut « oui » ou « non »")
    return mot in OUI


def _nombre(mot: str, *, de: str, mini: int, maxi: int) -> int:
    if mot.isdecimal() and len(mot) <= 12 and mini <= int(mot) <= maxi:
        return int(mot)
    raise ValueError(f"est un nombre de {de}, entre {mini} et {maxi}")


def _choix(mot: str, *, possibles: tuple[str, ...]) -> str:
    if mot not in possibles:
        *debut, fin = (f"« {un} »" for un in possibles)
        raise ValueError(f"vaut {', '.join(debut)} ou {fin}")
    return mot


def _jour(texte: str) -> date:
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise ValueError("est un jour, année-mois-jour, comme 2027-06-30") from None


def _reseaux(texte: str) -> tuple[Reseau, ...]:
    try:
        return tuple(ip_network(un) for un in separer(texte))
    except ValueError:
        raise ValueError(
            "est une liste d’adresses ou de réseaux séparés par des virgules, comme 10.0.0.0/8"
        ) from None


def _donnees(texte: str) -> Path:
    chemin = Path(texte)
    refuser_l_installation(chemin)
    return chemin


def texte(
    nom: str,
    rubrique: FamilleDeReglages,
    role: str,
    *,
    forme: Callable[[str], str] = str,
    **dits: Unpack[Dits],
) -> Reglage[str]:
    """Words as they are given, of any form or of one."""
    return Reglage(nom=nom, rubrique=rubrique, role=role, defaut="", comprendre=forme, **dits)


def _long(mot: str, *, mini: int) -> str:
    if len(mot) < mini:
        raise ValueError(f"est trop court : donnez au moins {mini} caractères tirés au hasard")
    return mot


def texte_long(
    nom: str, rubrique: FamilleDeReglages, role: str, *, mini: int, **dits: Unpack[Dits]
) -> Reglage[str]:
    """Words of a length that cannot be guessed."""
    comprendre = partial(_long, mini=mini)
    dits.setdefault("attendu", f"{mini} caractères au moins")
    return Reglage(nom=nom, rubrique=rubrique, role=role, defaut="", comprendre=comprendre, **dits)


def oui_non(
    nom: str, rubrique: FamilleDeReglages, role: str, **dits: Unpack[Dits]
) -> Reglage[bool]:
    """Yes or no, and no unless given."""
    dits.setdefault("attendu", "oui ou non")
    return Reglage(nom=nom, rubrique=rubrique, role=role, defaut=False, comprendre=_oui_non, **dits)


def nombre(
    nom: str,
    rubrique: FamilleDeReglages,
    role: str,
    *,
    defaut: int,
    entre: tuple[int, int],
    **dits: Unpack[Dits],
) -> Reglage[int]:
    """A whole number within bounds, both included."""
    comprendre = partial(_nombre, de=dits.get("unite", "fois"), mini=entre[0], maxi=entre[1])
    return Reglage(
        nom=nom, rubrique=rubrique, role=role, defaut=defaut, comprendre=comprendre, **dits
    )


def nombre_ou_rien(
    nom: str,
    rubrique: FamilleDeReglages,
    role: str,
    *,
    entre: tuple[int, int],
    **dits: Unpack[Dits],
) -> Reglage[int | None]:
    """The same, where what holds without it is worked out."""
    comprendre = partial(_nombre, de=dits.get("unite", "fois"), mini=entre[0], maxi=entre[1])
    return Reglage(
        nom=nom, rubrique=rubrique, role=role, defaut=None, comprendre=comprendre, **dits
    )


def choix(
    nom: str,
    rubrique: FamilleDeReglages,
    role: str,
    *,
    defaut: str,
    possibles: tuple[str, ...],
    **dits: Unpack[Dits],
) -> Reglage[str]:
    """One word of a few."""
    dits.setdefault("attendu", ", ".join(possibles))
    return Reglage(
        nom=nom,
        rubrique=rubrique,
        role=role,
        defaut=defaut,
        comprendre=partial(_choix, possibles=possibles),
        **dits,
    )


def liste(
    nom: str,
    rubrique: FamilleDeReglages,
    role: str,
    *,
    defaut: str = "",
    forme: Callable[[str], tuple[str, ...]] = separer,
    **dits: Unpack[Dits],
) -> Reglage[tuple[str, ...]]:
    """Words separated by commas, of any form or of one."""
    dits.setdefault("attendu", "séparés par des virgules")
    return Reglage(
        nom=nom, rubrique=rubrique, role=role, defaut=separer(defaut), comprendre=forme, **dits
    )


def reseaux(
    nom: str, rubrique: FamilleDeReglages, role: str, **dits: Unpack[Dits]
) -> Reglage[tuple[Reseau, ...]]:
    """Addresses and networks, separated by commas."""
    return Reglage(nom=nom, rubrique=rubrique, role=role, defaut=(), comprendre=_reseaux, **dits)


def jour(
    nom: str, rubrique: FamilleDeReglages, role: str, **dits: Unpack[Dits]
) -> Reglage[date | None]:
    """A day."""
    return Reglage(nom=nom, rubrique=rubrique, role=role, defaut=None, comprendre=_jour, **dits)


def chemin_de_donnees(
    nom: str, rubrique: FamilleDeReglages, role: str, **dits: Unpack[Dits]
) -> Reglage[Path | None]:
    """Where something is kept: never among the programs."""
    return Reglage(nom=nom, rubrique=rubrique, role=role, defaut=None, comprendre=_donnees, **dits)
