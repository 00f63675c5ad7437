"""Page images of documents: drawn once by the jobs, within limits, then only shown; lost ones drawn again.

Any room's documents: a table with `fichier`, `empreinte`, `pages`, `apercu`, `apercu_essais` and
`sans_apercu`, and a table of page images with `rang` and `fichier`.
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from binome.cloison.bornes import MO, Bornes
from binome.cloison.lancement import Tombe, lire
from binome.cloison.places import CloisonPleine
from binome.depot.etats import EtatDApercu, SansApercu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

    from binome.etagere.rayon import Rayon

ESSAIS: Final = 2
"""How often a document may fell or stall what draws it."""
PAGES: Final = 10
"""Pages that one process draws: a long document is kept as it goes."""
DESSIN: Final = "binome.depot.apercu"
BORNES: Final = Bornes(memoire=900 * MO)
"""What the drawing of some pages may spend."""
LOT: Final = 200
DUREE: Final = 10.0
"""Seconds after which a pass takes no other document: letters wait behind it."""
VERIFIEES: Final = 1000
"""Page images compared with the shelf at a time."""


class _Pris(NamedTuple):
    """A document whose try is written down."""

    pk: int
    fichier: str
    empreinte: str
    pages: int
    essais: int


def _images(sortie: bytes) -> Iterator[bytes]:
    debut = 0
    while debut < len(sortie):
        (taille,) = struct.unpack_from(">I", sortie, debut)
        debut += 4
        yield sortie[debut : debut + taille]
        debut += taille


@dataclass(frozen=True)
class Apercus:
    """The page images of one table of documents.

    `lien` names the column of a page image that leads to its document, `deposant` the column of a document
    that says who sent it: each in turn.
    """

    documents: type[Model]
    images: type[Model]
    lien: str
    deposant: str
    originaux: Rayon
    rayon: Rayon

    def _documents(self, **ou: Any) -> QuerySet[Model]:
        return self.documents._default_manager.filter(**ou)

    def _pages_de(self, numero: int) -> QuerySet[Model]:
        return self.images._default_manager.filter(**{f"{self.lien}_id": numero}).order_by("rang")

    def dessiner(self) -> int:
        """One pass of the job: draws what waits, each depositor in turn; how many documents were settled.

        Raises OSError when the disk refuses: no document is at fault, and none loses a try.
        """
        if not self.originaux.dossier().is_dir():
            return 0  # the documents' disk is away: they are not lost
        fin = time.monotonic() + DUREE
        regles = 0
        for numero in self.a_dessiner():
            if regles and time.monotonic() >= fin:
                break
            pris = self._prendre(numero)
            if pris is not None:
                try:
                    self._regler(pris)
                except CloisonPleine:
                    break  # visitors' documents come first; this one loses no try
                regles += 1
        return regles

    def a_dessiner(self) -> list[int]:
        """The next documents: those never tried first, and of each depositor one in turn."""
        attendent = (
            self._documents(apercu=EtatDApercu.A_DESSINER)
            .annotate(tour=Window(RowNumber(), partition_by=self.deposant, order_by="pk"))
            .order_by("apercu_essais", "tour", "pk")
        )
        return list(attendent.values_list("pk", flat=True)[:LOT])

    def _prendre(self, numero: int) -> _Pris | None:
        """The document, its try written down before it is made: a kill counts, and cannot come back for ever.

        None when another runner took it, or when it no longer waits.
        """
        attend = self._documents(pk=numero, apercu=EtatDApercu.A_DESSINER)
        lu = attend.values_list("pk", "fichier", "empreinte", "pages", "apercu_essais").first()
        if lu is None:
            return None
        pris = _Pris(*lu)
        if pris.essais >= ESSAIS:
            # The runner itself was killed at the last try.
            self._renoncer(pris, SansApercu.TROP)
            return None
        if not attend.filter(apercu_essais=pris.essais).update(
            apercu_essais=F("apercu_essais") + 1
        ):
            return None
        return pris._replace(essais=pris.essais + 1)

    def _regler(self, pris: _Pris) -> None:
        contenu = self.originaux.intact(pris.fichier, pris.empreinte)
        if contenu is None:
            self._renoncer(pris, SansApercu.INTROUVABLE)
            return
        try:
            if not self._recopier(pris):
                self._dessiner(pris, contenu)
        except (Tombe, struct.error):
            # Each page that was drawn starts the tries again: the row knows how many are left.
            trop = self._documents(pk=pris.pk, apercu_essais__gte=ESSAIS).exists()
            if trop:
                self._renoncer(pris, SansApercu.TROP)
        except (OSError, CloisonPleine):
            tente = self._documents(pk=pris.pk, apercu_essais__gte=1)
            tente.update(apercu_essais=F("apercu_essais") - 1)
            raise

    def _recopier(self, pris: _Pris) -> bool:
        """Takes the images of a document of the very same bytes, if one was drawn."""
        meme = (
            self._documents(empreinte=pris.empreinte, apercu=EtatDApercu.DESSINE)
            .exclude(pk=pris.pk)
            .order_by("pk")
            .values_list("pk", flat=True)
            .first()
        )
        if meme is None:
            return False
        noms = self._pages_de(meme).values_list("fichier", flat=True)
        try:
            images = [self.rayon.lire(nom) for nom in noms]
        except (OSError, ValueError):
            return False
        return len(images) == pris.pages and self._ranger(pris, 1, images)

    def _dessiner(self, pris: _Pris, contenu: bytes) -> None:
        """Draws by tens, from where an earlier try stopped. Raises Tombe, struct.error, OSError."""
        for premiere in range(self._pages_de(pris.pk).count() + 1, pris.pages + 1, PAGES):
            derniere = min(premiere + PAGES - 1, pris.pages)
            sortie = lire(DESSIN, str(premiere), str(derniere), entree=contenu, bornes=BORNES)
            images = list(_images(sortie))
            if len(images) != derniere - premiere + 1:
                raise Tombe(DESSIN, "il manque des pages")
            if not self._ranger(pris, premiere, images):
                return

    def _ranger(self, pris: _Pris, premiere: int, images: list[bytes]) -> bool:
        """Shelves images; after the last page the document is drawn. False when it no longer waits.

        What a kill leaves on the shelf between the two, the sweeping takes away. Raises OSError.
        """
        noms: list[str] = []
        try:
            noms.extend(self.rayon.ranger(image) for image in images)
            with transaction.atomic():
                attend = self._documents(pk=pris.pk, apercu=EtatDApercu.A_DESSINER)
                tenu = attend.select_for_update().values_list("pages", flat=True).first()
                if tenu is not None and self._pages_de(pris.pk).count() == premiere - 1:
                    self.images._default_manager.bulk_create(
                        self.images(**{f"{self.lien}_id": pris.pk}, rang=rang, fichier=nom)
                        for rang, nom in enumerate(noms, premiere)
                    )
                    # What goes on is no longer what felled the reader: its tries start again.
                    fini = premiere - 1 + len(noms) >= tenu
                    attend.update(
                        apercu=EtatDApercu.DESSINE if fini else EtatDApercu.A_DESSINER,
                        apercu_essais=0 if fini else 1,
                    )
                    return True
        except BaseException:
            self.jeter(noms)
            raise
        self.jeter(noms)
        return False

    def _renoncer(self, pris: _Pris, raison: SansApercu) -> None:
        """Marks a document that cannot be shown, and lets go the pages drawn before it felled its reader."""
        with transaction.atomic():
            marques = self._documents(pk=pris.pk, apercu=EtatDApercu.A_DESSINER).update(
                apercu=EtatDApercu.IMPOSSIBLE, sans_apercu=raison
            )
            noms = self._oter_les_pages(self._documents(pk=pris.pk)) if marques else []
        self.jeter(noms)

    def _oter_les_pages(self, documents: QuerySet[Any]) -> list[str]:
        pages = self.images._default_manager.filter(
            **{f"{self.lien}__in": documents.order_by().values("pk")}
        )
        noms = list(pages.order_by("pk").values_list("fichier", flat=True))
        pages.delete()
        return noms

    def oter(self, documents: QuerySet[Any]) -> list[str]:
        """Takes the page images of documents away for good: withdrawn, or erased. Within a transaction.

        Gives the names of the files, for the caller to take away once nothing can bring the rows back; what
        a kill leaves is swept. To be called before the documents are marked as withdrawn: the database
        refuses otherwise.
        """
        noms = self._oter_les_pages(documents)
        documents.update(apercu=EtatDApercu.OTE, sans_apercu="", apercu_essais=0)
        return noms

    def jeter(self, noms: list[str]) -> None:
        """Takes page images off the shelf. Raises OSError."""
        for nom in noms:
            self.rayon.jeter(nom)

    def redessiner(self) -> int:
        """Has the documents drawn again that lost a page image; how many.

        A backup keeps no images: once restored, all are drawn again.
        """
        reprises = 0
        for numero in sorted(self._perdues()):
            perdu = self._documents(pk=numero)
            with transaction.atomic():
                noms = self._oter_les_pages(perdu)
                reprises += perdu.exclude(apercu=EtatDApercu.OTE).update(
                    apercu=EtatDApercu.A_DESSINER, sans_apercu="", apercu_essais=0
                )
            self.jeter(noms)
        return reprises

    def _perdues(self) -> set[int]:
        """The documents one of whose images the shelf no longer has."""
        rayon = self.rayon.dossier()
        presents = {chemin.name for chemin in rayon.iterdir()} if rayon.is_dir() else set()
        nommees = self.images._default_manager.order_by("pk").values_list(self.lien, "fichier")
        return {
            numero
            for numero, nom in nommees.iterator(chunk_size=VERIFIEES)
            # Asked again: it may have come since the shelf was listed.
            if nom.rpartition("/")[2] not in presents and not self.rayon.chemin_de(nom).exists()
        }
