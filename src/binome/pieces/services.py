"""Taking a document in, and setting a suspect one aside."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.depot.arrivee import ranger, recevoir, titre
from binome.depot.refus import PieceRefusee
from binome.dossiers import rayons
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Piece, Quarantaine
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.pieces import quotas

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.depot.arrivee import Range
    from binome.depot.controle import Document
    from binome.dossiers.models import Dossier


class DejaLa(GesteImpossible):
    """The very same file is in the dossier already, as a document of the same kind."""

    def __init__(self, piece: Piece) -> None:
        super().__init__(
            f"Ce fichier est déjà dans le dossier, sous le nom « {piece.nom} » : il n’est pas gardé deux fois."
            if piece.etat != EtatDePiece.REFUSEE
            else f"La branche a déjà refusé ce même fichier : {piece.get_motif_display().lower()}. "
            f"{piece.conseil}"
        )


QUARANTAINE: Final = timedelta(days=30)
"""How long a suspect file is kept apart. A choice of ours: no text gives it."""


def deposer_piece(
    dossier: Dossier,
    nature: str,
    fichier: UploadedFile[bytes],
    acteur: Acteur,
    version: int,
    *,
    remplace: int | None = None,
) -> Piece:
    """Takes a document in, beside those of its kind; in place of the refused ones, and of the one named.

    Raises PieceRefusee, DejaLa, GesteImpossible, Depasse, and OSError when the disk refuses.
    """
    document = recevoir(
        fichier,
        # So that who passed a quota costs no reading; it counts for good once held.
        admettre=partial(_refuser_si_atteint, dossier, acteur, 0),
        ecarter=lambda contenu, motif: mettre_en_quarantaine(dossier, contenu, motif, acteur),
    )
    with ranger(rayons.PIECES, document.contenu, document.suffixe) as sur_l_etagere:
        return _inscrire(
            dossier, nature, titre(fichier.name, nature), sur_l_etagere, document, acteur, version,
            remplace=remplace,
        )  # fmt: skip


def _refuser_si_atteint(dossier: Dossier, acteur: Acteur, octets: int) -> None:
    raison = quotas.atteint(dossier.organisme_id, acteur.personne.pk, octets, dossier)
    if raison:
        raise PieceRefusee(raison)


def _tenir_les_quotas(dossier: Dossier, acteur: Acteur, octets: int) -> None:
    quotas.verrouiller(dossier.organisme_id, acteur.personne.pk)
    _refuser_si_atteint(dossier, acteur, octets)


@transaction.atomic
def _inscrire(
    dossier: Dossier,
    nature: str,
    nom: str,
    sur_l_etagere: Range,
    document: Document,
    acteur: Acteur,
    version: int,
    *,
    remplace: int | None = None,
) -> Piece:
    _tenir_les_quotas(dossier, acteur, sur_l_etagere.octets)
    memes = semblables(dossier, sur_l_etagere.empreinte).filter(nature=nature)
    meme = next((une for une in memes if une.pk != remplace), None)
    if meme is not None:
        raise DejaLa(meme)
    piece = Piece(
        dossier=dossier,
        nature=nature,
        nom=nom,
        fichier=sur_l_etagere.nom,
        type=document.type,
        octets=sur_l_etagere.octets,
        pages=document.pages,
        empreinte=sur_l_etagere.empreinte,
        deposee_par=acteur.personne,
    )
    donnees = {"piece": piece, "remplace": remplace}
    faire(FLUX, "joindre", dossier, acteur, version=version, donnees=donnees)
    return piece


def semblables(dossier: Dossier, empreinte: str) -> QuerySet[Piece]:
    """The documents of a dossier that hold the very same bytes, those that were withdrawn left out."""
    gardees = dossier.pieces.filter(empreinte=empreinte).exclude(etat=EtatDePiece.RETIREE)
    return gardees.order_by("pk")


def retirer_piece(piece: Piece, acteur: Acteur, version: int) -> None:
    """Takes a document out of a dossier, by its name. Raises GesteImpossible, Depasse."""
    donnees = {"piece": piece}
    faire(FLUX, "retirer_une_piece", piece.dossier, acteur, version=version, donnees=donnees)


def mettre_en_quarantaine(dossier: Dossier, contenu: bytes, motif: str, acteur: Acteur) -> None:
    """Keeps a suspect file apart, for whoever looks into it; the journal says so, without its name.

    Raises PieceRefusee when a quota leaves no room for it, and OSError when the disk refuses.
    """
    with ranger(rayons.QUARANTAINE, contenu) as sur_l_etagere:
        _mettre_a_part(dossier, sur_l_etagere, motif, acteur)


@transaction.atomic
def _mettre_a_part(dossier: Dossier, suspect: Range, motif: str, acteur: Acteur) -> None:
    _tenir_les_quotas(dossier, acteur, suspect.octets)
    le = timezone.now()
    une = Quarantaine.objects.create(
        dossier=dossier,
        motif=motif,
        fichier=suspect.nom,
        octets=suspect.octets,
        empreinte=suspect.empreinte,
        par=acteur.personne,
        le=le,
        effacer_le=le + QUARANTAINE,
    )
    ecrire(
        Ecriture(
            "piece.quarantaine",
            dossier.objet,
            auteur=acteur.nom_au_journal,
            apres={
                "quarantaine": une.pk,
                "motif": motif,
                "octets": une.octets,
                "empreinte": une.empreinte,
            },
            lignes=lignes([une]),
        )
    )


def vider_la_quarantaine() -> int:
    """Erases the files whose time is past; their rows stay, without a file. How many were erased."""
    passees = list(
        Quarantaine.objects.filter(effacer_le__lte=timezone.now())
        .exclude(fichier="")
        .order_by("pk")[:500]
    )
    for une in passees:
        rayons.QUARANTAINE.jeter(une.fichier)
        Quarantaine.objects.filter(pk=une.pk).update(fichier="")
    return len(passees)
