"""Who may take their dossiers away, and the journal's line that says that they did."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Final

from django.db.models import Q, Sum

from binome.bureau.filtres import lister
from binome.comptes.roles import EXAMINENT
from binome.dossiers.impartialite import d_elle_meme
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import DEPOSES, de_ses_branches, peut_exporter
from binome.dossiers.portee import portee_de
from binome.dossiers.traces import noter_l_export
from binome.echanges.preuve import preuve_de
from binome.exports.fichiers import SORTES, pieces
from binome.gestes.refus import GesteImpossible
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.bureau.filtres import FiltreDeDossiers
    from binome.comptes.acteur import Acteur

PLAFOND_XLSX: Final = 20_000
"""Dossiers; beyond, a spreadsheet takes too long to write while someone waits."""
PLAFOND_ZIP: Final = 2_000_000_000
"""Bytes of documents."""


def exportables(acteur: Acteur) -> QuerySet[Dossier]:
    """The dossiers of the organisations that a person manages; what was filed, for an examiner."""
    if not peut_exporter(acteur):
        return Dossier.objects.none()
    condition = Q(organisme__in=acteur.organisations("gestionnaire"))
    if acteur.examine:
        condition |= DEPOSES & de_ses_branches(acteur, "", *EXAMINENT)
        condition &= ~d_elle_meme(acteur)
    return portee_de(acteur).sur(Dossier.objects.filter(condition))


def combien(acteur: Acteur, filtre: FiltreDeDossiers) -> int:
    """How many dossiers a person would take away with a filter."""
    dossiers = lister(exportables(acteur), filtre, portee_de(acteur), acteur)
    return dossiers.order_by().count()


def exporter(acteur: Acteur, sorte: str, filtre: FiltreDeDossiers) -> IO[bytes]:
    """Writes the file, then the journal's line, and gives the file back, ready to be read.

    Raises GesteImpossible for who may not, for an unknown kind, for nothing or too much to write.
    """
    if not peut_exporter(acteur):
        raise GesteImpossible(
            "L’export est réservé à qui gère un organisme ou examine pour la branche."
        )
    if sorte not in SORTES:
        raise GesteImpossible("Choisissez le fichier : CSV, XLSX ou ZIP.")
    dossiers = lister(exportables(acteur), filtre, portee_de(acteur), acteur)
    _verifier_la_taille(dossiers, sorte)
    fichier = tempfile.TemporaryFile(prefix="binome-export-")  # noqa: SIM115 - the answer closes it
    try:
        nombre = SORTES[sorte][2](dossiers, fichier)
        preuve = preuve_de(fichier)
        noter_l_export(acteur, dossiers)
        # The search is left out of the journal: it may be someone's name.
        ecrire(
            Ecriture(
                "export",
                "export:dossiers",
                auteur=acteur.nom_au_journal,
                apres={
                    "sorte": sorte,
                    "dossiers": nombre,
                    "octets": preuve.octets,
                    "fichier": preuve.empreinte,
                    "etat": filtre.etat,
                    "organisme": filtre.organisme,
                    "alertes": filtre.alertes,
                    "organismes": sorted(acteur.organisations("gestionnaire")),
                },
            )
        )
    except BaseException:
        fichier.close()
        raise
    return fichier


def _verifier_la_taille(dossiers: QuerySet[Dossier], sorte: str) -> None:
    nombre = dossiers.order_by().count()
    if not nombre:
        raise GesteImpossible("Aucun dossier à exporter avec ces filtres.")
    if sorte == "xlsx" and nombre > PLAFOND_XLSX:
        raise GesteImpossible(
            "Un classeur tient 20 000 dossiers au plus : choisissez le CSV, ou filtrez la liste."
        )
    if sorte == "zip":
        octets = pieces(dossiers).order_by().aggregate(total=Sum("octets"))["total"] or 0
        if octets > PLAFOND_ZIP:
            raise GesteImpossible(
                "Les pièces dépassent 2 Go : filtrez la liste, puis exportez en plusieurs fois."
            )
