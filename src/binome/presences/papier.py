"""The sheet of a slot on paper: its code, the reading of its scan, and the lines that somebody confirms on it."""

from __future__ import annotations

import hashlib
import re
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from binome.depot.arrivee import ranger
from binome.depot.quotas import verrouiller
from binome.depot.scan import lire_les_carres
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.presences.etats import EtatDeFeuille, LectureDeFeuille, MoyenDeSignature
from binome.presences.papier_flux import FEUILLES, RAYON
from binome.presences.papier_modeles import FeuilleScannee
from binome.presences.recevoir import Issue, SignatureRecue, recevoir
from binome.sessions.models import Creneau

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from binome.comptes.acteur import Acteur
    from binome.depot.controle import Document
    from binome.presences.recevoir import Reception
    from binome.sessions.models import Inscription

ADRESSE: Final = re.compile(
    r"/espace/creneaux/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/papier/\?v=([0-9a-f]{6})$"
)
CODE: Final = re.compile(r"([0-9A-F]{8})([0-9A-F]{6})")


class CodeLu(NamedTuple):
    """The slot that a sheet names, or the beginning of its identifier; the version of its list; how it was read."""

    uid: str
    version: str
    lecture: LectureDeFeuille


class FeuilleRefusee(ValueError):
    """A scan that is not taken; its message is for the person."""


ILLISIBLE: Final = (
    "Le carré de cette feuille ne se lit pas. Reprenez-la à plat, bien éclairée, entière. "
    "Ou recopiez le code écrit sur la feuille."
)
AUTRE: Final = (
    "Cette feuille n’est pas de ce créneau. Envoyez-la depuis la page du créneau qu’elle nomme."
)
PAR_CRENEAU: Final = 30
"""Scans of a slot, at most: a photograph a page, each sent again once or twice."""
TROP: Final = (
    f"Ce créneau a déjà {PAR_CRENEAU} feuilles numérisées, mises de côté comprises. Confirmez celles qui y sont, ou "
    "recueillez les signatures autrement."
)
DEUX: Final = "Ces pages sont de plusieurs créneaux. Envoyez une feuille à la fois."


def version_de(inscriptions: Collection[Inscription]) -> str:
    """Of the list of who is expected: another list is another version."""
    numeros = ",".join(str(un) for un in sorted(une.parcours_id for une in inscriptions))
    return hashlib.sha256(numeros.encode()).hexdigest()[:6]


def adresse_de_la_feuille(creneau: Creneau, version: str) -> str:
    """What the square of a sheet holds: where its scan is sent."""
    return f"{settings.ADRESSE}{reverse('papier', args=[creneau.uid])}?v={version}"


def code_de_la_feuille(creneau: Creneau, version: str) -> str:
    """The same, short, for who copies it: `7F3A-9C21 B0C4-D2`."""
    brut = f"{creneau.uid.hex[:8]}{version}".upper()
    return f"{brut[:4]}-{brut[4:8]}-{brut[8:11]}-{brut[11:]}"


def lire_les_codes(contenu: bytes) -> list[CodeLu]:
    """The codes of ours in a document that was controlled, read in a process apart; none where it fell. Raises CloisonPleine."""
    trouves = (ADRESSE.search(un) for un in lire_les_carres(contenu))
    return [CodeLu(un[1], un[2], LectureDeFeuille.CARRE) for un in trouves if un]


def code_saisi(texte: str) -> CodeLu:
    """The code as somebody copies it, whatever its blanks and dashes. Raises FeuilleRefusee."""
    trouve = CODE.fullmatch(re.sub(r"[\s\-–—]", "", texte).upper())
    if trouve is None:
        raise FeuilleRefusee(
            "Ce code n’est pas celui d’une feuille. Il est écrit à côté du carré, comme 7F3A-9C21-B0C-4D2."
        )
    return CodeLu(trouve[1].lower(), trouve[2].lower(), LectureDeFeuille.SAISIE)


def code_du_creneau(creneau: Creneau, lus: Sequence[CodeLu], saisi: str) -> CodeLu:
    """The code that says that a sheet is of this slot. Raises FeuilleRefusee when it is another's, or none is read."""
    if not lus:
        if not saisi.strip():
            raise FeuilleRefusee(ILLISIBLE)
        lus = [code_saisi(saisi)]
    if len({un.uid for un in lus}) > 1:
        raise FeuilleRefusee(DEUX)
    (uid,) = {un.uid for un in lus}
    if not str(creneau.uid).startswith(uid):
        raise FeuilleRefusee(AUTRE)
    return lus[0]


def exiger_une_place(creneau: Creneau) -> None:
    """Raises FeuilleRefusee when a slot has all the scans that it may."""
    if FeuilleScannee.objects.filter(creneau=creneau).count() >= PAR_CRENEAU:
        raise FeuilleRefusee(TROP)


@contextmanager
def _a_son_tour(creneau: Creneau) -> Iterator[None]:
    """Two sendings at once are counted one after the other."""
    verrouiller((Creneau, creneau.pk))
    exiger_une_place(creneau)
    yield


def numeriser(
    creneau: Creneau, document: Document, code: CodeLu, acteur: Acteur, *, maintenant: datetime
) -> FeuilleScannee:
    """Keeps a scan as it came; the same scan is the same sheet. Raises OSError when the disk refuses, FeuilleRefusee beyond so many."""
    empreinte = hashlib.sha256(document.contenu).hexdigest()
    connue = _connue(creneau, empreinte)
    if connue is not None:
        return connue
    try:
        with (
            transaction.atomic(),
            _a_son_tour(creneau),
            ranger(RAYON, document.contenu, document.suffixe) as range_,
        ):
            feuille = FeuilleScannee(
                creneau=creneau, fichier=range_.nom, empreinte=range_.empreinte, type=document.type,
                octets=range_.octets, pages=document.pages, version_lue=code.version,
                lecture=code.lecture, par=acteur.personne, deposee_le=maintenant,
            )  # fmt: skip
            naitre(FEUILLES, "numeriser", [feuille], acteur)
    except IntegrityError:
        connue = _connue(creneau, empreinte)
        if connue is None:
            raise
        return connue
    return feuille


def _connue(creneau: Creneau, empreinte: str) -> FeuilleScannee | None:
    siennes = FeuilleScannee.objects.filter(creneau=creneau, empreinte=empreinte)
    return siennes.exclude(etat=EtatDeFeuille.ECARTEE).first()


def nom_de_la_ligne(feuille: FeuilleScannee, parcours: int) -> UUID:
    """The name of the signature of a line: always the same, so that a line confirmed twice is one."""
    return uuid.uuid5(feuille.uid, str(parcours))


def instant_de_la_feuille(creneau: Creneau, maintenant: datetime) -> datetime:
    """When a sheet is taken to be signed: it bears no instant, and is signed before the slot ends.

    Raises GesteImpossible before the slot begins.
    """
    if maintenant < creneau.debut:
        raise GesteImpossible("Ce créneau n’a pas encore commencé : rien n’est à confirmer.")
    return min(creneau.fin, maintenant)


@transaction.atomic
def confirmer(
    feuille: FeuilleScannee,
    parcours: Sequence[int],
    acteur: Acteur,
    *,
    version: int,
    maintenant: datetime,
) -> list[Reception]:
    """Makes a signature of each line that a person confirms; what became of each.

    Raises GesteImpossible, Depasse when the sheet changed meanwhile: nothing is then written.
    """
    instant = instant_de_la_feuille(feuille.creneau, maintenant)
    lot = [
        SignatureRecue(
            uid=nom_de_la_ligne(feuille, numero),
            parcours=numero,
            moyen=MoyenDeSignature.PAPIER,
            signee_le=instant,
        )
        for numero in dict.fromkeys(parcours)
    ]
    rendues = recevoir(acteur, feuille.creneau, lot, maintenant=maintenant)
    recues = {une.uid for une in rendues if une.issue != Issue.REFUSEE}
    lignes = [une.parcours for une in lot if une.uid in recues]
    faire(FEUILLES, "confirmer", feuille, acteur, version=version, donnees={"lignes": lignes})
    return rendues
