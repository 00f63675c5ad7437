"""A word the day before: the slots of tomorrow, once, in the mail of the day, to who follows them and who teaches them."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from binome.courrier.services import ADire, avertir_tous, cle_pour, plier
from binome.dossiers.destinataires import du_candidat, s_ecrit
from binome.regles.dire import enumerer
from binome.sessions.abonnement import muettes
from binome.sessions.attendus import attendus_des
from binome.sessions.equipe import qui_peut_enseigner
from binome.sessions.etats import EtatDeCreneau, EtatDeSession, ModaliteDeCreneau
from binome.sessions.horloge import dire_l_heure
from binome.sessions.models import Creneau

if TYPE_CHECKING:
    from datetime import datetime

DEUX_JOURS: Final = timedelta(days=2)
AVIS: Final = 300
"""Characters of a notice."""


def _demain(maintenant: datetime) -> list[Creneau]:
    """The slots with a timetable that are tomorrow, by the clock of their site."""
    proches = (
        Creneau.objects.filter(
            debut__gt=maintenant,
            debut__lt=maintenant + DEUX_JOURS,
            etat__in=(EtatDeCreneau.PREVU, EtatDeCreneau.OUVERT),
            session__etat=EtatDeSession.PUBLIEE,
        )
        .exclude(modalite=ModaliteDeCreneau.A_DISTANCE)
        .select_related("session__site", "session__organisme", "formateur")
    )
    return [un for un in proches.order_by("debut", "pk") if _est_demain(un, maintenant)]


def _est_demain(un: Creneau, maintenant: datetime) -> bool:
    fuseau = un.session.site.fuseau
    demain = maintenant.astimezone(fuseau).date() + timedelta(days=1)
    return un.debut.astimezone(fuseau).date() == demain


def rappeler() -> int:
    """Notes for each person the slots of their next day; how many people. Again, it notes nothing twice."""
    maintenant = timezone.now()
    creneaux = _demain(maintenant)
    if not creneaux:
        return 0
    attendus = attendus_des(creneaux)
    suivis: defaultdict[str, dict[int, Creneau]] = defaultdict(dict)
    comptes: dict[str, int] = {}
    enseignent = qui_peut_enseigner(un.session.organisme_id for un in creneaux)
    for un in creneaux:
        for une in attendus[un.pk]:
            dossier = une.parcours.dossier
            for courriel in du_candidat(dossier) if s_ecrit(dossier) else []:
                suivis[courriel][un.pk] = un
                if dossier.candidat_id:
                    comptes[courriel] = dossier.candidat_id
        qui = un.formateur
        if qui is None or (qui.pk, un.session.organisme_id) not in enseignent:
            continue
        if qui.is_active and (settings.DEMONSTRATION or not qui.exemple):
            courriel = plier(qui.courriel)
            suivis[courriel][un.pk] = un
            comptes[courriel] = qui.pk
    tues = muettes(comptes.values())
    avis = [
        _avis(courriel, list(siens.values()))
        for courriel, siens in suivis.items()
        if comptes.get(courriel) not in tues
    ]
    avertir_tous(avis)
    return len(avis)


def _avis(courriel: str, creneaux: list[Creneau]) -> ADire:
    jours = {un.debut.astimezone(un.session.site.fuseau).date() for un in creneaux}
    texte = f"Demain : {enumerer([_dit(un) for un in creneaux])}."
    if len(texte) > AVIS:
        texte = f"Demain : {len(creneaux)} créneaux, à partir de {_debut(creneaux[0])}."
    return ADire(
        cle=cle_pour(f"rappel:creneaux:{min(jours).isoformat()}", courriel),
        destinataire=courriel,
        genre="demain",
        texte=texte,
        adresse=reverse("mes-creneaux"),
    )


def _debut(un: Creneau) -> str:
    return dire_l_heure(un.debut, un.session.site.fuseau)


def _dit(un: Creneau) -> str:
    fin = dire_l_heure(un.fin, un.session.site.fuseau)
    sur_place = un.modalite == ModaliteDeCreneau.SUR_PLACE
    ou = f"à {un.session.site.nom}" if sur_place else "en classe virtuelle"
    return f"de {_debut(un)} à {fin}, {ou}"
