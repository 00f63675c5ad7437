"""The live database as columns on a day: fifteen queries whatever its size, read by chunks, on SQLite and PostgreSQL.

A past day is read from the days that rows bear; what no row dates is left as it stands now.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from binome.contrats_d_aide.etats import (
    JAMAIS_SIGNES,
    PART_DE_L_OPTION,
    GenreDePoste,
    NatureDEvenement,
)
from binome.contrats_d_aide.models import Contrat, EvenementDeContrat, PosteDuContrat
from binome.dossiers.etats import Etat, Origine
from binome.dossiers.models import Dossier, Fait
from binome.emplois.models import Emploi
from binome.parcours.models import Parcours
from binome.presences.etats import EtatDePresence, NatureDePresence
from binome.presences.models import Presence
from binome.sessions.etats import EtatDeSession, EtatDInscription, ModaliteDeCreneau
from binome.sessions.models import Inscription, Session
from binome.titres.models import Titre
from binome.trames.cadres import Trames, trames
from binome.trames.extraire_l_argent import argent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

Ligne: TypeAlias = tuple[Any, ...]
ETP_CENT: Final = 100
"""Basis points in a hundredth of a full-time post."""
SOIGNANTS: Final = ("ide", "aide_soignant", "auxiliaire_puericulture", "assistant_dentaire")
"""Diplomas that say where somebody comes from, the first of them that they hold."""
LUS: Final = ("niveau_diplome", "diplomes", "experience_secretaire_mois")
"""The facts of the rule base that frames read."""
RANG: Final = {Origine.DECLARE: 0, Origine.CONSTATE: 1, Origine.PROUVE: 2}
"""Which origin of one fact holds: the highest."""


def extraire(au: date) -> Trames:
    """The house on a day, included, as columns. Raises MoteurAbsent."""
    apres = timezone.make_aware(datetime.combine(au + timedelta(days=1), time()))
    return trames(
        au,
        {
            "dossiers": _dossiers(apres),
            "parcours": _parcours(apres),
            "emplois": _emplois(au),
            "contrats": _contrats(au),
            "postes": _postes(au),
            "sessions": _sessions(apres),
            "presences": _presences(apres),
            "titres": _titres(au, apres),
            "argent": argent(au, apres),
        },
    )


def _jour(instant: datetime | None, apres: datetime) -> date | None:
    """The day of an instant, None where it is not yet."""
    return None if instant is None or instant >= apres else timezone.localdate(instant)


def _passe(jour: date | None, au: date) -> date | None:
    return None if jour is None or jour > au else jour


def _faits(apres: datetime) -> dict[int, dict[str, Any]]:
    """By dossier, the facts that frames read: proven rather than taken as said, rather than declared."""
    rangs: dict[tuple[int, str], int] = {}
    rendus: dict[int, dict[str, Any]] = {}
    faits = Fait.objects.filter(nom__in=LUS, dossier__depose_le__lt=apres).order_by()
    for dossier, nom, origine, valeur in faits.values_list(
        "dossier", "nom", "origine", "valeur"
    ).iterator():
        rang = RANG.get(Origine(origine), 0)
        if rang >= rangs.get((dossier, nom), 0):
            rangs[dossier, nom] = rang
            rendus.setdefault(dossier, {})[nom] = valeur
    return rendus


def _origine(faits: dict[str, Any]) -> str:
    """Where somebody comes from, by their diplomas then their experience; empty where neither is known."""
    diplomes, mois = faits.get("diplomes"), faits.get("experience_secretaire_mois")
    if diplomes is None and mois is None:
        return ""
    for un in SOIGNANTS:
        if un in (diplomes or ()):
            return un
    return "secretaire" if mois or "secretaire_medical" in (diplomes or ()) else "autre"


def _dossiers(apres: datetime) -> Iterator[Ligne]:
    faits = _faits(apres)
    lus = (
        Dossier.objects.filter(depose_le__lt=apres)
        .order_by("pk")
        .values_list(
            "pk", "organisme", "certification", "depose_le", "decide_le", "etat", "clos_le"
        )
    )
    for numero, organisme, certification, depose, decide, etat, clos in lus.iterator():
        siens = faits.get(numero, {})
        decide_le = _jour(decide, apres)
        ferme = etat in (Etat.RETIRE, Etat.AILLEURS) or _jour(clos, apres) is not None
        yield (
            numero, organisme, certification, _jour(depose, apres), decide_le, decide_le is None and not ferme,
            siens.get("niveau_diplome"), siens.get("experience_secretaire_mois"), _origine(siens),
        )  # fmt: skip


def _parcours(apres: datetime) -> Iterator[Ligne]:
    lus = (
        Parcours.objects.filter(ouvert_le__lt=apres)
        .order_by("pk")
        .values_list(
            "pk", "dossier", "organisme", "dossier__certification", "voie", "etat", "ouvert_le", "fini_le",
            "formation", "evaluations", "dispensees",
        )
    )  # fmt: skip
    for (
        numero,
        dossier,
        organisme,
        certification,
        voie,
        etat,
        ouvert,
        fini,
        *minutes,
    ) in lus.iterator():
        yield (
            numero, dossier, organisme, certification, voie, etat, _jour(ouvert, apres), _jour(fini, apres), *minutes,
        )  # fmt: skip


def _emplois(au: date) -> Iterator[Ligne]:
    lus = (
        Emploi.objects.filter(Q(du__isnull=True) | Q(du__lte=au), retire_le=None)
        .order_by("pk")
        .values_list("pk", "salarie", "employeur", "part", "du", "au")
    )
    for *debut, fin in lus.iterator():
        yield (*debut, _passe(fin, au))


def _suspendus(au: date) -> set[int]:
    """The contracts whose last suspension or resumption, by the day, is a suspension."""
    dits = EvenementDeContrat.objects.filter(
        nature__in=(NatureDEvenement.SUSPENSION, NatureDEvenement.REPRISE),
        du__lte=au,
        annule_par=None,
    ).order_by("du", "pk")
    derniers = dict(dits.values_list("contrat", "nature"))
    return {un for un, nature in derniers.items() if nature == NatureDEvenement.SUSPENSION}


def _contrats(au: date) -> Iterator[Ligne]:
    suspendus = _suspendus(au)
    lus = (
        Contrat.objects.filter(signe_le__lte=au)
        .exclude(etat__in=JAMAIS_SIGNES)
        .order_by("pk")
        .values_list(
            "pk", "caisse", "departement", "medecin__specialite", "option", "signe_le", "debut", "fini_le", "etp"
        )
    )  # fmt: skip
    for numero, caisse, ou, specialite, option, signe, debut, fini, etp in lus.iterator():
        part = PART_DE_L_OPTION.get(option) if etp is None else etp * ETP_CENT
        yield (
            numero, caisse, ou, specialite or "", option, signe, debut, _passe(fini, au), numero in suspendus, part,
        )  # fmt: skip


def _postes(au: date) -> Iterator[Ligne]:
    lus = (
        PosteDuContrat.objects.filter(genre=GenreDePoste.ASSISTANT, du__lte=au)
        .order_by("pk")
        .values_list(
            "pk", "contrat", "emploi", "emploi__salarie", "part", "du", "au", "qualification"
        )
    )
    for numero, contrat, emploi, salarie, part, du, fin, qualification in lus.iterator():
        yield numero, contrat, emploi, salarie, part, du, _passe(fin, au), qualification


def _sessions(apres: datetime) -> Iterator[Ligne]:
    inscrits = dict(
        Inscription.objects.filter(inscrite_le__lt=apres, etat=EtatDInscription.INSCRITE)
        .order_by()
        .values("session")
        .annotate(combien=Count("pk"))
        .values_list("session", "combien")
    )
    lues = (
        Session.objects.filter(
            etat__in=(EtatDeSession.PUBLIEE, EtatDeSession.TERMINEE), ouverte_le__lt=apres
        )
        .order_by("pk")
        .values_list(
            "pk", "organisme", "certification", "site__departement", "modalite", "debut", "capacite"
        )
    )
    for numero, *reste in lues.iterator():
        yield (numero, *reste, inscrits.get(numero, 0))


def _presences(apres: datetime) -> Iterator[Ligne]:
    """Added up by the database: a path attends some ninety slots, and what is counted is its minutes."""
    lues = (
        Presence.objects.filter(
            etat=EtatDePresence.EN_VIGUEUR,
            nature=NatureDePresence.PRESENT,
            minutes__gt=0,
            creneau__debut__lt=apres,
        )
        .order_by()
        .values_list("parcours", "creneau__session__organisme", "creneau__modalite")
        .annotate(en_tout=Sum("minutes"), premiere=Min("creneau__debut"))
    )
    for parcours, organisme, modalite, minutes, premiere in lues.iterator():
        loin = modalite != ModaliteDeCreneau.SUR_PLACE
        yield parcours, organisme, loin, minutes, timezone.localdate(premiere)


def _titres(au: date, apres: datetime) -> Iterator[Ligne]:
    lus = Titre.objects.filter(delivre_le__lte=au).exclude(revoque_le__lt=apres).order_by("pk")
    yield from lus.values_list("pk", "parcours", "nature", "delivre_le").iterator()
