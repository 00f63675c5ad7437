"""A word about the card that waits: to who asked for it, at the hour they chose, once a week at most, never once it is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.agenda.territoires import fuseau_du_departement
from binome.comptes.acteur import Acteur
from binome.courrier.services import mettre_tous_en_file
from binome.dossiers.destinataires import s_ecrit
from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, faire_tous, naitre
from binome.livret.etats import CoteDuBinome, EtatDeRappel, EtatDeSignatureDeCarte
from binome.livret.flows import RAPPELS
from binome.livret.lettre import lettre_du_livret
from binome.livret.models import RappelDeCarte, SignatureDeCarte
from binome.livret.notifications import frapper
from binome.livret.permissions import cotes_de_livret
from binome.livret.semaines import lundi
from binome.parcours.etats import EtatDeParcours
from binome.sessions.models import Inscription

if TYPE_CHECKING:
    from datetime import date, datetime

    from binome.courrier.services import AMettre
    from binome.parcours.models import Parcours

LOT: Final = 500
HEURES: Final = range(7, 21)
"""The hours that one may choose: nobody is written to at night."""


@transaction.atomic
def demander(acteur: Acteur, parcours: Parcours, jour: int, heure: int) -> RappelDeCarte:
    """Notes when a person wants a word, in the place of what they said before. Raises GesteImpossible."""
    if jour not in range(1, 8) or heure not in HEURES:
        raise GesteImpossible("Choisissez un jour, et une heure entre 7 h et 20 h.", champ="heure")
    siens = RappelDeCarte.objects.select_for_update().filter(parcours=parcours)
    connu = siens.filter(personne=acteur.personne).first()
    if connu is None:
        neuf = RappelDeCarte(parcours=parcours, personne=acteur.personne, jour=jour, heure=heure)
        try:
            with transaction.atomic():
                naitre(RAPPELS, "demander", [neuf], acteur)
        except IntegrityError:  # two touches at once: the other one wrote it
            return siens.get(personne=acteur.personne)
        return neuf
    donnees = {"jour": jour, "heure": heure}
    return faire(RAPPELS, "regler", connu, acteur, version=connu.version, donnees=donnees).objet


@transaction.atomic
def arreter(acteur: Acteur, parcours: Parcours) -> None:
    """Stops it; nothing where there was none."""
    siens = RappelDeCarte.objects.select_for_update().filter(parcours=parcours)
    connu = siens.filter(personne=acteur.personne, etat=EtatDeRappel.ACTIF).first()
    if connu is not None:
        faire(RAPPELS, "arreter", connu, acteur, version=connu.version)


def rappeler() -> int:
    """Writes to who asked for it, where their card of the week is not signed; how many."""
    maintenant = timezone.now()
    # The day and the hour are those of the training: overseas they are not ours, so neighbours of the day are read too.
    jours = {(maintenant.isoweekday() + ecart - 1) % 7 + 1 for ecart in (-1, 0, 1)}
    demandes = RappelDeCarte.objects.filter(
        etat=EtatDeRappel.ACTIF,
        jour__in=jours,
        parcours__etat=EtatDeParcours.OUVERT,
        personne__is_active=True,
    ).exclude(derniere__gte=lundi(maintenant.date()))
    demandes = demandes.select_related("parcours__dossier", "parcours__organisme", "personne")
    envoyes, apres = 0, 0
    while lot := list(demandes.filter(pk__gt=apres).order_by("pk")[:LOT]):
        apres = lot[-1].pk
        envoyes += _rappeler(lot, maintenant)
    return envoyes


def _rappeler(lot: list[RappelDeCarte], maintenant: datetime) -> int:
    """Notes who is told first: killed in between, nobody is told twice. A device that is reached needs no mail."""
    passages, courriels = _noter(lot, maintenant)
    if passages:
        atteintes = frapper({un.personne_id for un, _ in courriels})
        mettre_tous_en_file(
            [
                _lettre(un, semaine)
                for un, semaine in courriels
                if un.personne_id not in atteintes and s_ecrit(un.parcours.dossier)
            ]
        )
    return passages


@transaction.atomic
def _noter(
    lot: list[RappelDeCarte], maintenant: datetime
) -> tuple[int, list[tuple[RappelDeCarte, date]]]:
    departements = dict(
        Inscription.objects.filter(parcours__in=[un.parcours_id for un in lot])
        .order_by("pk")
        .values_list("parcours", "session__site__departement")
    )
    dus: list[tuple[RappelDeCarte, date]] = []
    for un in lot:
        ici = maintenant.astimezone(fuseau_du_departement(departements.get(un.parcours_id, "")))
        if ici.isoweekday() == un.jour and ici.hour >= un.heure:
            dus.append((un, lundi(ici.date())))
    signees = set(
        SignatureDeCarte.objects.filter(
            carte__parcours__in=[un.parcours_id for un, _ in dus],
            carte__semaine__in={semaine for _, semaine in dus},
            etat=EtatDeSignatureDeCarte.RECUE,
        )
        .order_by("pk")
        .values_list("carte__parcours", "carte__semaine", "cote")
    )
    a_dire = []
    for un, semaine in dus:
        if (un.parcours_id, semaine, _cote(un)) in signees or un.derniere == semaine:
            continue
        if not est_du_binome(un):
            faire(RAPPELS, "arreter", un, Maison(), version=un.version)
        else:
            a_dire.append((un, semaine))
    passages = [Passage(un, un.version, {"semaine": semaine}) for un, semaine in a_dire]
    faits = faire_tous(RAPPELS, "rappeler", passages, Maison()).passes if passages else ()
    notes = {un.objet.pk for un in faits}
    return len(notes), [(un, semaine) for un, semaine in a_dire if un.pk in notes]


def est_du_binome(rappel: RappelDeCarte) -> bool:
    """Whether who asked still writes on the card: a job ends, a role closes, another tutor is named."""
    siens = cotes_de_livret(Acteur(rappel.personne), rappel.parcours)
    return not siens.isdisjoint(CoteDuBinome.values)


def _cote(rappel: RappelDeCarte) -> str:
    """The side of who asked: the person in training, or their tutor."""
    if rappel.parcours.dossier.candidat_id == rappel.personne_id:
        return CoteDuBinome.STAGIAIRE.value
    return CoteDuBinome.TUTEUR.value


def _lettre(rappel: RappelDeCarte, semaine: date) -> AMettre:
    parcours = rappel.parcours
    return lettre_du_livret(
        parcours,
        rappel.personne,
        cle=f"livret:rappel:{parcours.pk}:{semaine.isoformat()}",
        sujet="La carte de la semaine vous attend",
        phrase="La carte de cette semaine n’est pas encore signée. Elle se remplit en une minute.",
        suite="Vous ne recevrez qu’un rappel par semaine, et aucun quand la carte est signée.",
        action="Ouvrir la carte",
        pourquoi="vous avez demandé ce rappel",
    )
