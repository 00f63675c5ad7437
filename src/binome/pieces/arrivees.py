"""Several files sent at once: each is taken or refused by itself, and what became of it is told."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.cloison.places import CloisonPleine
from binome.depot.arrivee import titre
from binome.depot.refus import PieceRefusee
from binome.dossiers.natures import libelle_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.pieces.services import deposer_piece, semblables
from binome.socle.empechements import empechement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier

DISQUE: Final = (
    "Le fichier n’a pas pu être enregistré : le disque du service est plein ou fermé. Le dossier n’a pas "
    "changé. Réessayez plus tard, et prévenez la branche si cela dure."
)
ATTENTE: Final = (
    "Trop de fichiers sont lus en même temps. Envoyez celui-ci de nouveau dans un instant."
)
ESSAIS: Final = 3
"""An addition that somebody else's change has overtaken is tried again: it overwrites nothing of theirs."""


class Arrivee(NamedTuple):
    """What became of a file: its name as it was sent, whether it was taken, and what is said of it.

    `statut` is that of the answer when it was not.
    """

    nom: str
    prise: bool
    dit: str
    statut: int = HTTPStatus.OK


def deposer_les_fichiers(
    dossier: Dossier,
    nature: str,
    fichiers: Iterable[UploadedFile[bytes]],
    acteur: Acteur,
    *,
    remplace: int | None = None,
    version: int | None = None,
) -> list[Arrivee]:
    """Takes files in, one by one: what is refused takes nothing away from the others.

    The first takes the place of `remplace`, if one is named, which asks for the `version` that the person saw.
    """
    arrivees: list[Arrivee] = []
    for fichier in fichiers:
        vue = version if remplace is not None else None
        arrivees.append(_prendre(dossier, nature, fichier, acteur, remplace=remplace, version=vue))
        if arrivees[-1].prise:
            remplace = None
    return arrivees


def _prendre(
    dossier: Dossier,
    nature: str,
    fichier: UploadedFile[bytes],
    acteur: Acteur,
    *,
    remplace: int | None,
    version: int | None,
) -> Arrivee:
    nom = titre(fichier.name, nature)
    for essai in range(ESSAIS):
        dossier.refresh_from_db(fields=["version", "etat"])
        vue = dossier.version if version is None else version
        try:
            piece = deposer_piece(dossier, nature, fichier, acteur, vue, remplace=remplace)
        except Depasse as depasse:
            if version is not None or essai + 1 == ESSAIS:
                return Arrivee(nom, prise=False, dit=str(depasse), statut=HTTPStatus.CONFLICT)
        except (PieceRefusee, GesteImpossible) as refus:
            dit = str(refus)
            return Arrivee(nom, prise=False, dit=dit, statut=HTTPStatus.UNPROCESSABLE_ENTITY)
        except CloisonPleine:
            return Arrivee(nom, prise=False, dit=ATTENTE, statut=HTTPStatus.SERVICE_UNAVAILABLE)
        except OSError as erreur:
            connu = empechement(erreur)
            statut = 503 if connu is None else connu.statut
            return Arrivee(nom, prise=False, dit=DISQUE, statut=statut)
        else:
            return Arrivee(nom, prise=True, dit=_ajoutee(dossier, piece.empreinte, nature))
    raise AssertionError(ESSAIS)


def _ajoutee(dossier: Dossier, empreinte: str, nature: str) -> str:
    """What is said of a file that was taken; that it also stands elsewhere, when it does."""
    ailleurs = semblables(dossier, empreinte).exclude(nature=nature).first()
    if ailleurs is None:
        return "Ajouté."
    libelle = libelle_de(ailleurs.nature, dossier.certification)
    return f"Ajouté. Le même fichier est aussi dans « {libelle} »."
