"""The way of every sealed paper: a lot is claimed, composed, signed, shelved, then written down with its hash."""

from __future__ import annotations

import hashlib
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from typst import TypstError

from binome.courrier.reservations import jeton, prises, rendre, reserver
from binome.journal.lignes import lignes as lignes_ecrites
from binome.journal.services import Ecriture, ecrire_tout
from binome.sceau.cle import sceau, signature_tient, signer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from django.db.models import QuerySet

    from binome.etagere.rayon import Rayon
    from binome.sceau.cle import Sceau

_NOTE = logging.getLogger(__name__)
LOT: Final = 20
"""Papers sealed in one transaction: a second or two of work, lost and done again after a kill."""
M = TypeVar("M", bound=Model)


class Scelle(NamedTuple):
    """Where a sealed paper is shelved, its SHA-256, and when it was sealed."""

    nom: str
    empreinte: str
    le: datetime


@dataclass(frozen=True)
class Papiers(Generic[M]):
    """One kind of paper.

    `genre` names it among the claims, `raison` is what its signature says, `attendent` gives the rows that
    wait for theirs, the oldest first. `composer` gives what makes the PDF of each row, in their order: called
    from several threads, it reads no database. `inscrire` writes the paper on its row and gives the entry of
    the journal, or None when the row waits no longer.
    """

    genre: str
    raison: str
    rayon: Rayon
    attendent: Callable[[], QuerySet[M]]
    composer: Callable[[Sequence[M], Sceau], Sequence[Callable[[], bytes]]]
    inscrire: Callable[[M, Scelle], Ecriture | None]


def inscrire(
    attendent: QuerySet[M], une: M, scelle: Scelle, *, geste: str, objet: str
) -> Ecriture | None:
    """Writes the paper of a row that still waits in its columns `fichier`, `empreinte`, `scelle_le`, and gives the entry that
    says so, `geste` of `objet`; None once it waits no longer.
    """
    inscrite = attendent.filter(pk=une.pk).order_by()
    if not inscrite.update(fichier=scelle.nom, empreinte=scelle.empreinte, scelle_le=scelle.le):
        return None
    return Ecriture(
        geste,
        objet,
        apres={"empreinte": scelle.empreinte},
        lignes=lignes_ecrites([une], "fichier", "empreinte", "scelle_le"),
    )


def sceller(papiers: Papiers[M], lot: int = LOT) -> int:
    """Seals a lot of papers; how many. Raises SceauAbsent when no key can, OSError from the disk.

    A paper only counts once its file is whole on the disk; of two runners one keeps it, and the file
    of the other is taken away.
    """
    libres = papiers.attendent().exclude(pk__in=prises(papiers.genre))
    voulus = list(libres.values_list("pk", flat=True)[:lot])
    if not voulus:
        return 0
    avec, par = sceau(), jeton()
    laisses: list[int] = []
    try:
        lignes = list(papiers.attendent().filter(pk__in=reserver(papiers.genre, voulus, par)))
        ranges: list[tuple[M, str, str]] = []
        try:
            for ligne, page in _composer(papiers, lignes, avec):
                contenu = _signer_ou_laisser(papiers, ligne, page, avec, laisses)
                if contenu is not None:
                    empreinte = hashlib.sha256(contenu).hexdigest()
                    ranges.append((ligne, papiers.rayon.ranger(contenu), empreinte))
        finally:
            # What is whole is kept even when the disk refuses the next one.
            scelles = _inscrire(papiers, ranges)
        return scelles
    finally:
        rendre(papiers.genre, par, sauf=laisses)


def _composer(
    papiers: Papiers[M], lignes: Sequence[M], avec: Sceau
) -> Iterator[tuple[M, Future[bytes]]]:
    """The PDF of each row, in order, while those that follow are being made.

    The typesetter works without the interpreter's lock, on every core, as the caller signs and writes.
    """
    with ThreadPoolExecutor(os.cpu_count()) as fils:
        pages = [fils.submit(faire) for faire in papiers.composer(lignes, avec)]
        yield from zip(lignes, pages, strict=True)


def _signer_ou_laisser(
    papiers: Papiers[M], ligne: M, page: Future[bytes], avec: Sceau, laisses: list[int]
) -> bytes | None:
    """One paper that cannot be made is left for later: it must not hold back the others."""
    try:
        return signer(page.result(), avec, papiers.raison)
    except (TypstError, KeyError, ValueError) as faute:
        _NOTE.error("%s %s : %s", papiers.genre, ligne.pk, type(faute).__name__)
        laisses.append(ligne.pk)
        return None


def _inscrire(papiers: Papiers[M], ranges: Sequence[tuple[M, str, str]]) -> int:
    perdus: list[str] = []
    faits: list[Ecriture] = []
    with transaction.atomic():
        le = timezone.now()
        for ligne, nom, empreinte in ranges:
            fait = papiers.inscrire(ligne, Scelle(nom, empreinte, le))
            if fait is None:
                perdus.append(nom)
            else:
                faits.append(fait)
        ecrire_tout(faits)
    for nom in perdus:
        papiers.rayon.jeter(nom)
    return len(faits)


def verifier(rayon: Rayon, scelle: Scelle) -> str | None:
    """Why a paper does not hold, in French; None when file, hash and signature do.

    Raises SceauAbsent when no certificate can vouch.
    """
    try:
        contenu = rayon.lire(scelle.nom)
    except (OSError, ValueError):
        return "le fichier est introuvable"
    if hashlib.sha256(contenu).hexdigest() != scelle.empreinte:
        return "le fichier n’est plus celui qui a été scellé"
    return signature_tient(contenu, scelle.le, sceau().certificats)
