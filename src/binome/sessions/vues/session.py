"""The list of sessions, and the page of one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.gestes.recit import recit
from binome.gestes.volets import RIEN_TENTE
from binome.gestes.vues import dire_le_resultat
from binome.listes.filtres import Filtre, ici, lu, parmi
from binome.listes.pages import Ordre, couper
from binome.sessions.attendus import attendus_des
from binome.sessions.calendriers import CreneauSuivi, fichier
from binome.sessions.conflits import DITS, conflits
from binome.sessions.convention import hors_convention
from binome.sessions.etats import EtatDeCreneau, EtatDeSession, EtatDInscription
from binome.sessions.flows import INSCRIPTIONS, SESSIONS
from binome.sessions.models import Creneau, Inscription, Session
from binome.sessions.pages import (
    LigneDeCreneau,
    blocs_de,
    calendrier_de,
    lignes_de,
    lignes_des_creneaux,
    par_mois,
)
from binome.sessions.permissions import (
    ORGANISME,
    cotes_de_session,
    session_pour,
    sessions_visibles,
)
from binome.sessions.places import places_des
from binome.sessions.programme import intitules
from binome.sessions.sans_compte import sans_compte
from binome.sessions.vues.geste import ouverts, tenter

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente

PAR_PAGE: Final = 50
TAPES: Final = ("raison", "motif", "sans_convention")
"""What comes back of a form that did not pass."""
PAR_DEBUT: Final = Ordre("debut", descend=True, genre=date)


@dataclass(frozen=True)
class FiltreDeSessions(Filtre):
    """What the address of the list asks for: one state, or every one."""

    etat: str = lu(parmi(EtatDeSession.values))


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """The sessions that a person may read, the last to begin first, with their seats and what is missing."""
    acteur = acteur_de(request)
    filtre, coupee = FiltreDeSessions.lire(request.GET), ici(request.GET)
    lues = sessions_visibles(acteur)
    if filtre.etat:
        lues = lues.filter(etat=filtre.etat)
    page = couper(lues, PAR_DEBUT, PAR_PAGE, **coupee)
    contexte = {
        "acteur": acteur,
        "filtre": filtre,
        "etats": EtatDeSession.choices,
        "page": page,
        **filtre.adresses(page),
        "lignes": lignes_de(page.lignes, acteur.organisations("gestionnaire", "formateur")),
        "dedans": acteur.d_un_organisme,
    }
    return render(request, "sessions/liste.html", contexte)


@require_safe
def session(request: HttpRequest, numero: int) -> HttpResponse:
    """One session, for who may read it."""
    acteur = acteur_de(request)
    return page_de_session(request, acteur, session_pour(acteur, numero))


@require_POST
def geste(request: HttpRequest, numero: int, nom: str) -> HttpResponse:
    """One gesture on a session; what was typed comes back with the reason when it does not pass."""
    acteur = acteur_de(request)
    if nom not in SESSIONS.gestes:
        nom = ""
    trouvee = session_pour(acteur, numero, nom)
    passage, tente, status = tenter(request, acteur, SESSIONS, trouvee, nom)
    if passage is None:
        return page_de_session(request, acteur, session_pour(acteur, numero), tente, status)
    dire_le_resultat(request, SESSIONS, nom, passage, page=reverse("session", args=[numero]))
    return redirect("session", numero)


def page_de_session(
    request: HttpRequest,
    acteur: Acteur,
    session: Session,
    tente: GesteTente = RIEN_TENTE,
    status: int = 200,
) -> HttpResponse:
    """The page: whole for who works in the organisation, their own slots for who follows it."""
    cotes = cotes_de_session(acteur, session)
    dedans = session.organisme_id in acteur.organisations("gestionnaire", "formateur")
    creneaux = _creneaux(session)
    entres = _ou_l_on_entre(acteur, session, creneaux)
    montres = creneaux if acteur.de_la_branche else entres
    places = places_des([session])[session.pk]
    vivante = session.etat in (EtatDeSession.PREPAREE, EtatDeSession.PUBLIEE)
    trouves = conflits(session) if dedans and vivante else []
    par_creneau: defaultdict[int, list[str]] = defaultdict(list)
    for un_conflit in trouves:
        par_creneau[un_conflit.creneau.pk].append(un_conflit.phrase)
    lignes = lignes_des_creneaux(montres, par_creneau)
    gere = ORGANISME in cotes
    contexte = {
        "acteur": acteur,
        "session": session,
        "noms": intitules(session.certification, session.referentiel),
        "blocs": blocs_de(session, creneaux, places),
        "places": places,
        "libres": places.libres(session.blocs),
        "mois": par_mois(lignes),
        "mois_ouvert": _mois_ouvert(lignes),
        "bornes": _bornes(session, creneaux),
        "prochain": _prochain(lignes),
        "entres": {un.pk for un in entres},
        "dedans": dedans,
        "gere": gere,
        "personnel": not dedans and not acteur.de_la_branche,
        "sans_formateur": sum(
            not (un.formateur_id or un.fiche_id) and un.etat != EtatDeCreneau.ANNULE
            for un in (creneaux if session.etat != EtatDeSession.ANNULEE else ())
        ),
        "sans_compte": sans_compte(creneaux) if dedans and vivante else (),
        "conflits": trouves[:DITS],
        "sans_convention": hors_convention(session, creneaux) if dedans and vivante else (),
        "autres_conflits": max(0, len(trouves) - DITS),
        "explique": calendrier_de(session, creneaux) if dedans and creneaux else None,
        "inscriptions": _inscrites(session) if dedans else (),
        "retirer": INSCRIPTIONS.gestes["retirer"],
        "gestes": ouverts(SESSIONS, acteur, session) if gere else {},
        "tente": tente,
        "tape": {nom: tente.tape.get(nom, "") for nom in TAPES},
        "moments": recit(SESSIONS, session, interne=True) if dedans else (),
        "vivante": vivante,
    }
    return render(request, "sessions/session.html", contexte, status=status)


def _creneaux(session: Session) -> list[Creneau]:
    lus = Creneau.objects.filter(session=session).select_related("formateur", "fiche")
    creneaux = list(lus.order_by("debut", "pk"))
    for un in creneaux:
        un.session = session
    return creneaux


@require_safe
def calendrier(request: HttpRequest, numero: int) -> HttpResponse:
    """The slots of a session that a person reads, as a calendar file; the branch reads those of others, and enters none."""
    acteur = acteur_de(request)
    session = session_pour(acteur, numero)
    creneaux = _creneaux(session)
    entres = _ou_l_on_entre(acteur, session, creneaux)
    montres = creneaux if acteur.de_la_branche else entres
    dedans = {un.pk for un in entres}
    suivis = [CreneauSuivi(un, entre=un.pk in dedans) for un in montres]
    return fichier(suivis, f"La {session.nom}")


def _ou_l_on_entre(acteur: Acteur, session: Session, creneaux: list[Creneau]) -> list[Creneau]:
    """Every slot for who works in the organisation; those that they teach, or are expected in, for the others."""
    if session.organisme_id in acteur.organisations("gestionnaire", "formateur"):
        return creneaux
    attendus = attendus_des(creneaux)
    qui = acteur.personne.pk
    return [
        un
        for un in creneaux
        if un.formateur_id == qui
        or any(une.parcours.dossier.candidat_id == qui for une in attendus[un.pk])
    ]


def _inscrites(session: Session) -> list[Inscription]:
    lues = Inscription.objects.filter(session=session).select_related("parcours__dossier")
    return sorted(
        lues.order_by("pk"),
        key=lambda une: (une.etat != EtatDInscription.INSCRITE, une.parcours.dossier.personne),
    )


def _bornes(session: Session, creneaux: list[Creneau]) -> tuple[datetime, datetime] | None:
    tenus = [un for un in creneaux if un.etat != EtatDeCreneau.ANNULE]
    if not tenus:
        return None
    fuseau = session.site.fuseau
    return (
        min(un.debut for un in tenus).astimezone(fuseau),
        max(un.fin for un in tenus).astimezone(fuseau),
    )


def _mois_ouvert(lignes: list[LigneDeCreneau]) -> date | None:
    """The month that a page shows unfolded: that of the next slot, the last one when all are past."""
    vu = _prochain(lignes) or (lignes[-1] if lignes else None)
    return None if vu is None else vu.jour.replace(day=1)


def _prochain(lignes: list[LigneDeCreneau]) -> LigneDeCreneau | None:
    maintenant = timezone.now()
    return next((un for un in lignes if not un.annule and un.creneau.fin > maintenant), None)
