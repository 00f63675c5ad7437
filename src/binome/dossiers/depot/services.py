"""Taking a document in, and setting a suspect one aside."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.dossiers import rayons
from binome.dossiers.apercus import services as apercus
from binome.dossiers.depot import quotas
from binome.dossiers.depot.controle import controler, lire_au_plus
from binome.dossiers.depot.refus import PieceRefusee
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.models import Piece, Quarantaine
from binome.dossiers.passage import passer
from binome.journal.lignes import lignes
from binome.journal.services import Fait, ecrire
from binome.socle.televersement import nom_avec_chemin

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from binome.comptes.acteur import Acteur
    from binome.dossiers.depot.controle import Document
    from binome.dossiers.models import Dossier
    from binome.journal.lignes import Ligne

QUARANTAINE: Final = timedelta(days=30)
"""How long a suspect file is kept apart. A choice of ours: no text gives it."""


def deposer_piece(
    dossier: Dossier, nature: str, fichier: UploadedFile[bytes], acteur: Acteur, version: int
) -> Piece:
    """Takes a document in, in place of those of its kind that are not accepted.

    Raises PieceRefusee, GesteImpossible, Depasse, and OSError when the disk refuses.
    """
    quotas.exiger_la_place()
    # Before the file is read, so that who passed a quota costs no reading; it counts for good once held.
    _refuser_si_atteint(dossier, acteur, 0)
    contenu = lire_au_plus(fichier.chunks())
    try:
        if nom_avec_chemin(fichier):
            raise PieceRefusee("chemin")
        document = controler(contenu)
    except PieceRefusee as refus:
        if refus.suspect:
            mettre_en_quarantaine(dossier, contenu, refus.code, acteur)
        raise
    nom = rayons.PIECES.ranger(document.contenu, document.suffixe)
    try:
        return _inscrire(dossier, nature, fichier.name or nature, nom, document, acteur, version)
    except BaseException:
        rayons.PIECES.jeter(nom)
        raise


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
    titre: str,
    nom: str,
    document: Document,
    acteur: Acteur,
    version: int,
) -> Piece:
    _tenir_les_quotas(dossier, acteur, len(document.contenu))
    piece = Piece(
        dossier=dossier,
        nature=nature,
        nom=PurePosixPath(titre.replace("\\", "/")).name[-120:] or nature,
        fichier=nom,
        type=document.type,
        octets=len(document.contenu),
        pages=document.pages,
        empreinte=hashlib.sha256(document.contenu).hexdigest(),
        deposee_par=acteur.personne,
    )
    passer(
        dossier,
        "joindre",
        acteur,
        version=version,
        apres={"nature": nature},
        ensuite=lambda: (*_remplacer(dossier, nature), *_ajouter(piece)),
    )
    return piece


def _ajouter(piece: Piece) -> tuple[Ligne, ...]:
    piece.save(force_insert=True)
    return lignes([piece])


def _remplacer(dossier: Dossier, nature: str) -> tuple[Ligne, ...]:
    """Withdraws the documents of a kind that were not accepted, and their previews."""
    remplacees = dossier.pieces.filter(
        nature=nature, etat__in=(EtatDePiece.RECUE, EtatDePiece.REFUSEE)
    )
    ecrites = lignes(remplacees.order_by("pk"), "etat", "motif")
    vues = apercus.oter(remplacees)
    transaction.on_commit(lambda: apercus.jeter(vues), robust=True)
    remplacees.update(etat=EtatDePiece.RETIREE, motif="")
    return ecrites


def mettre_en_quarantaine(dossier: Dossier, contenu: bytes, motif: str, acteur: Acteur) -> None:
    """Keeps a suspect file apart, for whoever looks into it; the journal says so, without its name.

    Raises PieceRefusee when a quota leaves no room for it, and OSError when the disk refuses.
    """
    nom = rayons.QUARANTAINE.ranger(contenu)
    try:
        _mettre_a_part(dossier, contenu, nom, motif, acteur)
    except BaseException:
        rayons.QUARANTAINE.jeter(nom)
        raise


def _mettre_a_part(dossier: Dossier, contenu: bytes, nom: str, motif: str, acteur: Acteur) -> None:
    le = timezone.now()
    with transaction.atomic():
        _tenir_les_quotas(dossier, acteur, len(contenu))
        une = Quarantaine.objects.create(
            dossier=dossier,
            motif=motif,
            fichier=nom,
            octets=len(contenu),
            empreinte=hashlib.sha256(contenu).hexdigest(),
            par=acteur.personne,
            le=le,
            effacer_le=le + QUARANTAINE,
        )
        ecrire(
            Fait(
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
