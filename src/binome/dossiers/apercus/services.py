"""Drawing the page images of documents, forgetting them, and finding those that were lost."""

from __future__ import annotations

import struct
import time
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from binome.cloison.bornes import MO, Bornes
from binome.cloison.lancement import Tombe, lire
from binome.cloison.places import Occupe
from binome.dossiers import rayons
from binome.dossiers.etats import EtatDApercu, SansApercu
from binome.dossiers.models import PageDApercu, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

ESSAIS: Final = 2
"""How often a document may fell or stall what draws it."""
PAGES: Final = 10
"""Pages that one process draws: a long document is kept as it goes."""
DESSIN: Final = "binome.dossiers.depot.apercu"
BORNES: Final = Bornes(memoire=900 * MO)
"""What the drawing of some pages may spend."""
LOT: Final = 200
DUREE: Final = 10.0
"""Seconds after which a pass takes no other document: letters wait behind it."""
VERIFIEES: Final = 1000
"""Page images compared with the shelf at a time."""


def dessiner() -> int:
    """One pass of the job: draws what waits, each depositor in turn; how many documents were settled.

    Raises OSError when the disk refuses: no document is at fault, and none loses a try.
    """
    if not rayons.PIECES.dossier().is_dir():
        return 0  # the documents' disk is away: they are not lost
    fin = time.monotonic() + DUREE
    regles = 0
    for numero in _a_dessiner():
        if time.monotonic() >= fin:
            break
        piece = _prendre(numero)
        if piece is not None:
            try:
                _regler(piece)
            except Occupe:
                break  # visitors' documents come first; this one loses no try
            regles += 1
    return regles


def _a_dessiner() -> list[int]:
    """The next documents: those never tried first, and of each depositor one in turn."""
    attendent = (
        Piece.objects.filter(apercu=EtatDApercu.A_DESSINER)
        .annotate(tour=Window(RowNumber(), partition_by="deposee_par", order_by="pk"))
        .order_by("apercu_essais", "tour", "pk")
    )
    return list(attendent.values_list("pk", flat=True)[:LOT])


def _prendre(numero: int) -> Piece | None:
    """The document, its try written down before it is made: a kill counts, and cannot come back for ever.

    None when another runner took it, or when it no longer waits.
    """
    piece = Piece.objects.filter(pk=numero, apercu=EtatDApercu.A_DESSINER).first()
    if piece is None:
        return None
    if piece.apercu_essais >= ESSAIS:
        # The runner itself was killed at the last try.
        _renoncer(piece, SansApercu.TROP)
        return None
    pris = Piece.objects.filter(
        pk=numero, apercu=EtatDApercu.A_DESSINER, apercu_essais=piece.apercu_essais
    ).update(apercu_essais=F("apercu_essais") + 1)
    if not pris:
        return None
    piece.apercu_essais += 1
    return piece


def _regler(piece: Piece) -> None:
    contenu = rayons.PIECES.intact(piece.fichier, piece.empreinte)
    if contenu is None:
        _renoncer(piece, SansApercu.INTROUVABLE)
        return
    try:
        if not _recopier(piece):
            _dessiner(piece, contenu)
    except (Tombe, struct.error):
        if piece.apercu_essais >= ESSAIS:
            _renoncer(piece, SansApercu.TROP)
    except (OSError, Occupe):
        Piece.objects.filter(pk=piece.pk).update(apercu_essais=piece.apercu_essais - 1)
        raise


def _recopier(piece: Piece) -> bool:
    """Takes the images of a document of the very same bytes, if one was drawn."""
    meme = (
        Piece.objects.filter(empreinte=piece.empreinte, apercu=EtatDApercu.DESSINE)
        .exclude(pk=piece.pk)
        .order_by("pk")
        .first()
    )
    if meme is None:
        return False
    noms = meme.pages_dessinees.order_by("rang").values_list("fichier", flat=True)
    try:
        images = [rayons.APERCUS.lire(nom) for nom in noms]
    except (OSError, ValueError):
        return False
    return len(images) == piece.pages and _ranger(piece, 1, images)


def _dessiner(piece: Piece, contenu: bytes) -> None:
    """Draws by tens, from where an earlier try stopped. Raises Tombe, struct.error, OSError."""
    for premiere in range(piece.pages_dessinees.count() + 1, piece.pages + 1, PAGES):
        derniere = min(premiere + PAGES - 1, piece.pages)
        sortie = lire(DESSIN, str(premiere), str(derniere), entree=contenu, bornes=BORNES)
        images = list(_images(sortie))
        if len(images) != derniere - premiere + 1:
            raise Tombe(DESSIN, "il manque des pages")
        if not _ranger(piece, premiere, images):
            return


def _images(sortie: bytes) -> Iterator[bytes]:
    debut = 0
    while debut < len(sortie):
        (taille,) = struct.unpack_from(">I", sortie, debut)
        debut += 4
        yield sortie[debut : debut + taille]
        debut += taille


def _ranger(piece: Piece, premiere: int, images: list[bytes]) -> bool:
    """Shelves images; after the last page the document is drawn. False when it no longer waits.

    What a kill leaves on the shelf between the two, the sweeping takes away. Raises OSError.
    """
    noms: list[str] = []
    try:
        noms.extend(rayons.APERCUS.ranger(image) for image in images)
        with transaction.atomic():
            tenue = (
                Piece.objects.select_for_update()
                .filter(pk=piece.pk, apercu=EtatDApercu.A_DESSINER)
                .first()
            )
            dernier = 0 if tenue is None else tenue.pages_dessinees.count()
            if tenue is not None and dernier == premiere - 1:
                PageDApercu.objects.bulk_create(
                    PageDApercu(piece=tenue, rang=rang, fichier=nom)
                    for rang, nom in enumerate(noms, premiere)
                )
                # What goes on is no longer what felled the reader: its tries start again.
                fini = premiere - 1 + len(noms) >= tenue.pages
                Piece.objects.filter(pk=piece.pk).update(
                    apercu=EtatDApercu.DESSINE if fini else EtatDApercu.A_DESSINER,
                    apercu_essais=0 if fini else 1,
                )
                piece.apercu_essais = 1
                return True
    except BaseException:
        jeter(noms)
        raise
    jeter(noms)
    return False


def _renoncer(piece: Piece, raison: SansApercu) -> None:
    """Marks a document that cannot be shown, and lets go the pages drawn before it felled its reader."""
    with transaction.atomic():
        marques = Piece.objects.filter(pk=piece.pk, apercu=EtatDApercu.A_DESSINER).update(
            apercu=EtatDApercu.IMPOSSIBLE, sans_apercu=raison
        )
        noms = _oter_les_pages(Piece.objects.filter(pk=piece.pk)) if marques else []
    jeter(noms)


def _oter_les_pages(pieces: QuerySet[Piece]) -> list[str]:
    pages = PageDApercu.objects.filter(piece__in=pieces.order_by().values("pk"))
    noms = list(pages.order_by("pk").values_list("fichier", flat=True))
    pages.delete()
    return noms


def oter(pieces: QuerySet[Piece]) -> list[str]:
    """Takes the page images of documents away for good: withdrawn, or erased. Within a transaction.

    Gives the names of the files, for the caller to take away once nothing can bring the rows back; what
    a kill leaves is swept. To be called before the documents are marked as withdrawn: the database
    refuses otherwise.
    """
    noms = _oter_les_pages(pieces)
    pieces.update(apercu=EtatDApercu.OTE, sans_apercu="", apercu_essais=0)
    return noms


def jeter(noms: list[str]) -> None:
    """Takes page images off the shelf. Raises OSError."""
    for nom in noms:
        rayons.APERCUS.jeter(nom)


def redessiner() -> int:
    """Has the documents drawn again that lost a page image; how many.

    A backup keeps no images: once restored, all are drawn again.
    """
    rayon = rayons.APERCUS.dossier()
    presents = {chemin.name for chemin in rayon.iterdir()} if rayon.is_dir() else set()
    perdues: set[int] = set()
    nommees = PageDApercu.objects.order_by("pk").values_list("piece", "fichier")
    for numero, nom in nommees.iterator(chunk_size=VERIFIEES):
        # Asked again: it may have come since the shelf was listed.
        if nom.rpartition("/")[2] not in presents and not rayons.APERCUS.chemin_de(nom).exists():
            perdues.add(numero)
    reprises = 0
    for numero in sorted(perdues):
        perdue = Piece.objects.filter(pk=numero)
        with transaction.atomic():
            noms = _oter_les_pages(perdue)
            reprises += perdue.exclude(apercu=EtatDApercu.OTE).update(
                apercu=EtatDApercu.A_DESSINER, sans_apercu="", apercu_essais=0
            )
        jeter(noms)
    return reprises
