"""The register of erasures: who was forgotten and when, without a name, outside the database.

A restored backup brings back what was erased since: this file, which the backup does not overwrite, says
what must be erased again. Each line holds the hash of the one before, so that its head is an anchor.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils import timezone

from binome.journal.fichier_chaine import ORIGINE, octets, somme, tenir
from binome.socle.suite import FauteSuivie

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.journal.models import Oubli


class RegistreAbime(FauteSuivie):
    """A register whose lines do not follow one another; its message is for the operator."""

    suite = "Reprenez la copie du registre des effacements gardée ailleurs."


class Effacement(NamedTuple):
    """One line: the day, the subject (`dossier:7`), and what tells it from another of the same number."""

    rang: int
    jour: str
    genre: str
    sujet: str
    repere: str


def chemin() -> Path:
    """Where the register is."""
    return Path(settings.EFFACEMENTS)


def tete() -> tuple[int, str]:
    """How many lines the register counts, and the hash of the last one: an anchor to keep elsewhere."""
    return _tete(octets(chemin()))


def _tete(contenu: bytes) -> tuple[int, str]:
    if not contenu:
        return 0, ORIGINE
    derniere = contenu[contenu.rfind(b"\n", 0, -1) + 1 : -1]
    return int(json.loads(derniere)["rang"]), somme(derniere)


def tetes() -> list[str]:
    """The hash of each line, in order: what the head was, one line after another."""
    return [somme(ligne) for ligne in octets(chemin()).splitlines()]


def inscrire(oublis: Iterable[Oubli]) -> int:
    """Adds the erasures that the register does not hold yet; how many. Raises OSError."""
    with tenir(chemin()) as (fichier, contenu):
        rang, precedente = _tete(contenu)
        lignes = b""
        ajoutes = 0
        for oubli in oublis:
            qui = {"sujet": oubli.sujet, "repere": oubli.repere}
            marque = json.dumps(qui)[1:-1].encode()
            if marque in contenu or marque in lignes:
                continue
            rang += 1
            ligne = json.dumps(
                {
                    "rang": rang,
                    "jour": timezone.localdate(oubli.demande_le).isoformat(),
                    "genre": oubli.sujet.partition(":")[0],
                    **qui,
                    "precedente": precedente,
                }
            ).encode()
            lignes += ligne + b"\n"
            precedente = somme(ligne)
            ajoutes += 1
        fichier.write(lignes)
    return ajoutes


def lire(registre: Path | None = None) -> list[Effacement]:
    """Every line, in order. Raises RegistreAbime where one does not follow the one before, OSError."""
    lieu = registre or chemin()
    lus: list[Effacement] = []
    precedente = ORIGINE
    for rang, ligne in enumerate(octets(lieu).splitlines(), start=1):
        try:
            valeurs = json.loads(ligne)
            suit = valeurs.pop("precedente") == precedente and valeurs["rang"] == rang
            lus.append(Effacement(**valeurs))
        except (ValueError, KeyError, TypeError, AttributeError):
            suit = False
        if not suit:
            raise RegistreAbime(
                f"{lieu} : la ligne {rang} ne suit pas la précédente. "
                "Reprenez la copie du registre gardée ailleurs."
            )
        precedente = somme(ligne)
    return lus
