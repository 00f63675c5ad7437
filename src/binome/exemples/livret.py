"""The booklets of the made-up world: the pairs of the session that runs, some who fill their card each week and some who do not."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.dossiers.employeurs.services import suivis_par, suivre
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.journal.services import SYSTEME, Ecriture, ecrire
from binome.livret.envois import Dit, EnvoiDeCarte, SignatureDite
from binome.livret.etats import CoteDuBinome, Valeur
from binome.livret.lecture import cartes_du
from binome.livret.models import CarteDeSemaine
from binome.livret.permissions import cotes_de_livret
from binome.livret.recevoir import recevoir
from binome.livret.semaines import SEMAINE, lundi
from binome.livret.tutorats import nommer
from binome.parcours.etats import EtatDeParcours
from binome.parcours.models import Parcours
from binome.sessions.etats import EtatDeSession
from binome.sessions.models import Inscription

if TYPE_CHECKING:
    from datetime import date

    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

SEMAINES: Final = 8
"""Weeks of cards, at most."""
BINOMES: Final = 6
"""Pairs who fill theirs."""
PHRASES: Final = (
    "", "", "", "Fait trois fois cette semaine.", "Plus à l’aise avec le logiciel.", "À revoir ensemble la semaine prochaine.",
    "J’ai préparé le matériel avant la consultation.",
)  # fmt: skip
AU_DELA: Final = "J’ai fait les injections de l’après-midi."
"""What one of them writes, that no text allows: an example, of nobody."""


def _verifier() -> None:
    if CarteDeSemaine.objects.exists():
        raise DejaServie(
            "La base a déjà des livrets : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    employeur = Acteur(scene.personnes["employeur"])
    _employer(scene, voulu.jour)
    siens = (
        Parcours.objects.filter(dossier__in=suivis_par(employeur), etat=EtatDeParcours.OUVERT)
        .select_related("dossier__candidat", "organisme")
        .order_by(F("dossier__candidat").asc(nulls_last=True), "pk")[:BINOMES]
    )
    hasard = Random(voulu.graine)  # noqa: S311 - a made-up world, not a secret
    for rang, parcours in enumerate(siens):
        if rang % 2 == 0:
            nommer(employeur, parcours, scene.personnes["tuteur"].pk)
        tuteur = Acteur(scene.personnes["tuteur" if rang % 2 == 0 else "employeur"])
        _remplir(parcours, tuteur, voulu.jour, hasard, assidu=rang % 3 != 2)


def _employer(scene: Scene, jour: date) -> None:
    """The made-up practice employs some of those who follow the session that runs."""
    inscrites = Inscription.objects.filter(
        session__organisme=scene.organismes[0],
        session__etat=EtatDeSession.PUBLIEE,
        session__debut__lt=jour,
        parcours__dossier__candidat__isnull=True,
        parcours__etat=EtatDeParcours.OUVERT,
    )
    for une in inscrites.select_related("parcours__dossier").order_by("pk")[: BINOMES - 1]:
        dossier = une.parcours.dossier
        ecrites = suivre(dossier, scene.cabinet, auteur=SYSTEME)
        ecrire(Ecriture("dossier.associer", dossier.objet, lignes=ecrites))


def _remplir(
    parcours: Parcours, tuteur: Acteur, jour: date, hasard: Random, *, assidu: bool
) -> None:
    """The cards of the last weeks: signed by both for who is regular, once in two and by one alone for the others."""
    candidat = parcours.dossier.candidat
    # Who has no account yet writes nothing: their tutor does, and the card waits for them.
    auteur, cote = (
        (Acteur(candidat), CoteDuBinome.STAGIAIRE) if candidat else (tuteur, CoteDuBinome.TUTEUR)
    )
    premiere = lundi(min(parcours.ouvert_le.date(), jour))
    for rang in range(SEMAINES, 0, -1):
        semaine = lundi(jour) - rang * SEMAINE
        if semaine < premiere or (not assidu and rang % 2):
            continue
        (carte,) = cartes_du(parcours, [semaine])
        au_dela = rang == 2 and assidu
        dits = [
            Dit(
                _uid(hasard), ligne.competence.code, hasard.choice(Valeur.values),
                AU_DELA if au_dela and not place else hasard.choice(PHRASES),
            )
            for place, ligne in enumerate(carte.lignes)
        ]  # fmt: skip
        vendredi = datetime.combine(
            semaine + timedelta(days=4), time(17), tzinfo=timezone.get_current_timezone()
        )
        vues = frozenset(un.uid for un in dits)
        _envoyer(
            parcours,
            auteur,
            semaine,
            tuple(dits),
            cote,
            vues,
            vendredi,
            hasard,
        )
        if assidu and candidat:
            _envoyer(
                parcours,
                tuteur,
                semaine,
                (),
                CoteDuBinome.TUTEUR,
                vues,
                vendredi + timedelta(hours=1),
                hasard,
            )


def _envoyer(
    parcours: Parcours, acteur: Acteur, semaine: date, dits: tuple[Dit, ...], cote: CoteDuBinome,
    vues: frozenset[UUID], le: datetime, hasard: Random,
) -> None:  # fmt: skip
    envoi = EnvoiDeCarte(
        _uid(hasard), semaine, dits, SignatureDite(_uid(hasard), cote.value, vues), le, 0,
        f"{hasard.getrandbits(64):016x}",
    )  # fmt: skip
    recevoir(acteur, parcours, cotes_de_livret(acteur, parcours), [envoi], maintenant=le)


def _uid(hasard: Random) -> UUID:
    return UUID(int=hasard.getrandbits(128), version=4)


CHAPITRE: Final = Chapitre("livret", _verifier, _ecrire)
