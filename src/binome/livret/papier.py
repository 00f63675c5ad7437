"""The scan of printed cards: its squares are read apart, its boxes by a person, and what they confirm comes in as any card."""

from __future__ import annotations

import hashlib
import re
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import IntegrityError, transaction

from binome.depot.arrivee import ranger
from binome.depot.quotas import verrouiller
from binome.depot.scan import lire_les_carres
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.livret.envois import Dit, EnvoiDeCarte, SignatureDite
from binome.livret.etats import EtatDeCarteScannee
from binome.livret.papier_flux import CARTES_SCANNEES, SCANS
from binome.livret.papier_modeles import CarteScannee
from binome.livret.programme import competences_du_parcours
from binome.livret.recevoir import REFUSEE, recevoir
from binome.livret.semaines import SEMAINE, lire_un_lundi
from binome.parcours.models import Parcours
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from binome.comptes.acteur import Acteur
    from binome.depot.controle import Document

ADRESSE: Final = re.compile(
    r"/espace/livret/(\d{1,9})/papier/\?s=(\d{4}-\d{2}-\d{2})&c=((?:[A-Z0-9]{3,12}(?:\.[A-Z0-9]{3,12}){0,11})?)$"
)
ILLISIBLE: Final = (
    "Aucun carré ne se lit sur cette page. Reprenez-la à plat, bien éclairée, entière. "
    "Ou dites la carte à l’écran."
)
AUTRE: Final = "Cette page est d’un autre livret. Envoyez-la depuis le livret qu’elle nomme."
CHANGEE: Final = "Cette page ne va plus avec ce livret. Dites la carte à l’écran."
A_LA_SEMAINE: Final = 20
"""Scans of a path in seven days, at most: its four pages, sent again a few times."""
TROP: Final = (
    f"Vous avez envoyé {A_LA_SEMAINE} pages en sept jours pour ce livret. Dites la carte à l’écran, ou envoyez "
    "celle-ci dans quelques jours."
)
DEUX: Final = "Deux de ces pages sont de la même semaine. Envoyez-les l’une après l’autre."


class CarreLu(NamedTuple):
    """What a square names: a path, a Monday, the codes printed."""

    parcours: int
    semaine: str
    codes: tuple[str, ...]


class CarteIllisible(ValueError):
    """A scan that is not taken; its message is for the person."""


@dataclass(frozen=True)
class SemaineConfirmee:
    """What a person read on the page of a week: code, answer and sentence of each line, who signed, and at what instant."""

    semaine: date
    lignes: tuple[tuple[str, str, str], ...]
    cotes: tuple[str, ...]
    signee_le: datetime


def lire_les_cartes(contenu: bytes) -> list[CarreLu]:
    """The squares of ours in a document that was controlled, read in a process apart. Raises CloisonPleine."""
    trouves = (ADRESSE.search(un) for un in lire_les_carres(contenu))
    return [
        CarreLu(int(un[1]), un[2], tuple(filter(None, un[3].split(".")))) for un in trouves if un
    ]


def semaines_des_carres(parcours: Parcours, lus: Sequence[CarreLu]) -> dict[str, list[str]]:
    """The weeks of a scan, each with its codes. Raises CarteIllisible for none, another path's, or one week twice."""
    if not lus:
        raise CarteIllisible(ILLISIBLE)
    if any(un.parcours != parcours.pk for un in lus):
        raise CarteIllisible(AUTRE)
    if len({un.semaine for un in lus}) != len(lus):
        raise CarteIllisible(DEUX)
    connues = {une.code for une in competences_du_parcours(parcours)}
    for un in lus:
        try:
            lire_un_lundi(un.semaine)
        except ValueError:
            raise CarteIllisible(CHANGEE) from None
        if not connues.issuperset(un.codes):
            raise CarteIllisible(CHANGEE)
    return {un.semaine: list(un.codes) for un in sorted(lus)}


def exiger_une_place(parcours: Parcours, maintenant: datetime) -> None:
    """Raises CarteIllisible when the pair sent all that it may in seven days, what it set aside included."""
    envoyees = CarteScannee.objects.filter(parcours=parcours, deposee_le__gt=maintenant - SEMAINE)
    if envoyees.count() >= A_LA_SEMAINE:
        raise CarteIllisible(TROP)


def numeriser(
    parcours: Parcours,
    document: Document,
    semaines: dict[str, list[str]],
    acteur: Acteur,
    *,
    maintenant: datetime,
) -> CarteScannee:
    """Keeps a scan as it came; the same scan is the same row. Raises OSError when the disk refuses, CarteIllisible beyond so many."""
    empreinte = hashlib.sha256(document.contenu).hexdigest()
    connue = _connue(parcours, empreinte)
    if connue is not None:
        return connue
    try:
        with (
            transaction.atomic(),
            _a_son_tour(parcours, maintenant),
            ranger(SCANS, document.contenu, document.suffixe) as range_,
        ):
            page = CarteScannee(
                parcours=parcours, semaines=semaines, fichier=range_.nom, empreinte=range_.empreinte,
                type=document.type, octets=range_.octets, pages=document.pages, par=acteur.personne,
                deposee_le=maintenant,
            )  # fmt: skip
            naitre(CARTES_SCANNEES, "numeriser", [page], acteur)
    except IntegrityError:
        connue = _connue(parcours, empreinte)
        if connue is None:
            raise
        return connue
    return page


@contextmanager
def _a_son_tour(parcours: Parcours, maintenant: datetime) -> Iterator[None]:
    """Two sendings at once are counted one after the other."""
    verrouiller((Parcours, parcours.pk))
    exiger_une_place(parcours, maintenant)
    yield


def _connue(parcours: Parcours, empreinte: str) -> CarteScannee | None:
    siennes = CarteScannee.objects.filter(parcours=parcours, empreinte=empreinte)
    return siennes.exclude(etat=EtatDeCarteScannee.ECARTEE).first()


@transaction.atomic
def confirmer(
    page: CarteScannee,
    lues: Sequence[SemaineConfirmee],
    acteur: Acteur,
    cotes: frozenset[str],
    *,
    version: int,
    maintenant: datetime,
) -> list[str]:
    """Takes in what a person read on a scan, as any card; what they should know of it.

    Raises GesteImpossible, Depasse when the row changed meanwhile: nothing is then written.
    """
    confirmees = [une.semaine.isoformat() for une in lues]
    donnees = {"confirmees": confirmees}
    faire(CARTES_SCANNEES, "confirmer", page, acteur, version=version, donnees=donnees)
    phrases = []
    for une in lues:
        for rendu in recevoir(
            acteur, page.parcours, cotes, _envois(page, une), maintenant=maintenant
        ):
            ici = f"Semaine du {date_en_clair(une.semaine)}. {rendu.phrase}"
            if rendu.issue == REFUSEE:
                raise GesteImpossible(ici)
            if rendu.phrase and ici not in phrases:
                phrases.append(ici)
    return phrases


@transaction.atomic
def ecarter(page: CarteScannee, acteur: Acteur, *, version: int) -> None:
    """Sets a scan aside and erases it; the row stays, with its hash. Raises GesteImpossible, Depasse.

    A file that the disk keeps is taken by the sweep: nothing names it any more.
    """
    nom = page.fichier
    faire(CARTES_SCANNEES, "ecarter", page, acteur, version=version)
    transaction.on_commit(lambda: SCANS.jeter(nom), robust=True)


def _envois(page: CarteScannee, lue: SemaineConfirmee) -> list[EnvoiDeCarte]:
    """The lines of a week, then each signature on them: a sending holds one at most."""
    jour = lue.semaine.isoformat()
    dits = tuple(
        Dit(uuid.uuid5(page.uid, f"{jour}:{code}"), code, valeur, phrase)
        for code, valeur, phrase in lue.lignes
    )
    vues = frozenset(un.uid for un in dits)
    signatures = [
        SignatureDite(uuid.uuid5(page.uid, f"{jour}:{cote}"), cote, vues, feuille=page)
        for cote in lue.cotes
    ]
    envois = [EnvoiDeCarte(uuid.uuid5(page.uid, jour), lue.semaine, dits, None, lue.signee_le)]
    envois += [EnvoiDeCarte(une.uid, lue.semaine, (), une, lue.signee_le) for une in signatures]
    return envois
