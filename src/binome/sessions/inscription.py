"""Enrolling paths in a session, one or many: who may, who may not and why, whoever comes at the same instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.gestes.services import naitre
from binome.parcours.etats import EtatDeParcours, Statut
from binome.parcours.models import ModuleSuivi, Parcours
from binome.regles.calendrier import date_en_clair
from binome.regles.dire import enumerer
from binome.sessions.etats import EtatDeSession, EtatDInscription
from binome.sessions.flows import INSCRIPTIONS
from binome.sessions.models import Inscription, Session
from binome.sessions.passages import VIVANTES
from binome.sessions.places import debuts_des_blocs, places_des
from binome.sessions.prevenir import prevenir_des_inscriptions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

CLOSES: Final = {
    EtatDeSession.ANNULEE: "Cette session est annulée : personne ne peut plus y entrer.",
    EtatDeSession.TERMINEE: "Cette session est terminée : personne ne peut plus y entrer.",
}
CONFIRMER: Final = "Cochez « J’inscris quand même » pour entrer en cours de bloc."


@dataclass
class BilanDInscription:
    """Who was enrolled, and who was not, each with the reason."""

    session: Session
    inscrites: list[Inscription] = field(default_factory=list)
    laisses: list[tuple[Parcours, str]] = field(default_factory=list)
    nouvelles: list[str] = field(default_factory=list)


def sans_session(acteur: Acteur, session: Session) -> QuerySet[Parcours]:
    """The open paths of the organisation of a session, of its référentiel, that are enrolled nowhere."""
    return _a_inscrire(acteur, session).exclude(Exists(_en_cours()))


def dans_une_autre(acteur: Acteur, session: Session) -> QuerySet[Parcours]:
    """The same, enrolled in other sessions and not in this one: they may follow here what they do not there."""
    dedans = _en_cours().filter(session=session)
    return _a_inscrire(acteur, session).filter(Exists(_en_cours())).exclude(Exists(dedans))


def _en_cours() -> QuerySet[Inscription]:
    return Inscription.objects.filter(
        parcours=OuterRef("pk"), etat=EtatDInscription.INSCRITE, session__etat__in=VIVANTES
    )


def _a_inscrire(acteur: Acteur, session: Session) -> QuerySet[Parcours]:
    a_suivre = ModuleSuivi.objects.filter(
        parcours=OuterRef("pk"), statut=Statut.A_SUIVRE, bloc__in=session.blocs
    )
    siens = Parcours.objects.filter(
        Exists(a_suivre), organisme=session.organisme_id, etat=EtatDeParcours.OUVERT,
        referentiel=session.referentiel, dossier__certification=session.certification,
    )  # fmt: skip
    return siens.filter(organisme__in=acteur.organisations("gestionnaire")).select_related(
        "dossier"
    )


@transaction.atomic
def inscrire(
    session: Session,
    parcours: Sequence[int],
    blocs: Sequence[int],
    acteur: Acteur,
    *,
    quand_meme: bool = False,
    depuis: date | None = None,
) -> BilanDInscription:
    """Enrols paths for some blocs, each for those where it has something to follow; says who was left, and why.

    `quand_meme` lets people in once a bloc has begun; they are expected from the day `depuis` (included), or from now. Raises GesteImpossible when nobody may be enrolled, or not by this
    person. The session is held meanwhile: of two who take its last seat, one passes.
    """
    tenue = (
        Session.objects.select_for_update(of=("self",))
        .select_related("site", "organisme")
        .get(pk=session.pk)
    )
    voulus = [un for un in tenue.blocs if un in blocs]
    _peut_entrer(tenue, voulus, quand_meme=quand_meme)
    bilan = BilanDInscription(tenue)
    lus = (
        Parcours.objects.select_for_update(of=("self",))
        .filter(pk__in=parcours, organisme=tenue.organisme_id)
        .select_related("dossier")
        .order_by("pk")
    )
    siens = {un.pk: un for un in lus}
    a_suivre = _a_suivre(siens)
    suivis = _suivis(siens, tenue)
    places = places_des([tenue])[tenue.pk]
    pris = dict(places.par_bloc)
    for un in siens.values():
        entres = [bloc for bloc in voulus if (un.pk, bloc) in a_suivre]
        refus = _refus(tenue, un, entres, suivis.get(un.pk, {})) or _complet(tenue, entres, pris)
        if refus:
            bilan.laisses.append((un, refus))
            continue
        for bloc in entres:
            pris[bloc] = pris.get(bloc, 0) + 1
        bilan.inscrites.append(
            Inscription(
                session=tenue, parcours=un, blocs=entres, inscrite_le=timezone.now(), depuis=depuis
            )
        )
    if bilan.inscrites:
        naitre(INSCRIPTIONS, "inscrire", bilan.inscrites, acteur)
        if prevenir_des_inscriptions(bilan.inscrites, "inscrire"):
            bilan.nouvelles.append("Un courriel part à chacune et à son employeur.")
    return bilan


def _peut_entrer(session: Session, blocs: Sequence[int], *, quand_meme: bool) -> None:
    if session.etat in CLOSES:
        raise GesteImpossible(CLOSES[EtatDeSession(session.etat)])
    if not blocs:
        raise GesteImpossible("Cochez un bloc de cette session au moins.", champ="blocs")
    debuts, maintenant = debuts_des_blocs([session]).get(session.pk, {}), timezone.now()
    commences = [un for un in blocs if un in debuts and debuts[un] <= maintenant]
    if commences and not quand_meme:
        dits = enumerer(
            [
                f"le bloc {un} le {date_en_clair(debuts[un].astimezone(session.site.fuseau).date())}"
                for un in commences
            ]
        )
        raise GesteImpossible(
            f"On entre au début d’un bloc, et cette session a commencé {dits}. {CONFIRMER}",
            champ="quand_meme",
        )


def _a_suivre(parcours: Mapping[int, Parcours]) -> set[tuple[int, int]]:
    modules = ModuleSuivi.objects.filter(parcours__in=parcours, statut=Statut.A_SUIVRE)
    return set(modules.order_by("pk").values_list("parcours", "bloc"))


def _suivis(parcours: Mapping[int, Parcours], session: Session) -> dict[int, dict[int, Session]]:
    """By path and bloc, the session where it follows it already, this one included."""
    suivis: dict[int, dict[int, Session]] = {}
    autres = Inscription.objects.filter(
        Q(session=session) | ~Q(session__etat=EtatDeSession.ANNULEE),
        parcours__in=parcours,
        etat=EtatDInscription.INSCRITE,
    ).select_related("session__site")
    for une in autres.order_by("pk"):
        for bloc in une.blocs:
            suivis.setdefault(une.parcours_id, {})[bloc] = une.session
    return suivis


def _refus(
    session: Session, parcours: Parcours, blocs: Sequence[int], suivis: Mapping[int, Session]
) -> str:
    """Why a path may not be enrolled, seats apart; empty when it may."""
    if parcours.etat == EtatDeParcours.INTERROMPU and parcours.du is not None:
        return f"son parcours est interrompu depuis le {date_en_clair(parcours.du)}."
    if parcours.fini_le is not None:
        return f"son parcours est « {parcours.etat_dit} »."
    if (parcours.referentiel, parcours.dossier.certification) != (
        session.referentiel,
        session.certification,
    ):
        return "son parcours suit un autre référentiel que celui de la session."
    if any(une.pk == session.pk for une in suivis.values()):
        return "cette personne est déjà dans la session."
    if not blocs:
        return "rien n’est à suivre dans ces blocs, d’après sa décision."
    for bloc in blocs:
        if bloc in suivis:
            return f"le bloc {bloc} est déjà suivi dans la {suivis[bloc].nom}."
    return ""


def _complet(session: Session, blocs: Sequence[int], pris: Mapping[int, int]) -> str:
    for bloc in blocs:
        if pris.get(bloc, 0) >= session.capacite:
            return f"il ne reste aucune place dans le bloc {bloc}, de {session.capacite} places."
    return ""
