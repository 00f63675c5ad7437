"""What a jury decides on: who is there, who leaves for whom, whether those who stay may decide, what is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.utils import timezone

from binome.epreuves.propositions import IssueProposee
from binome.gestes.refus import GesteImpossible
from binome.jurys.conflits import conflits
from binome.jurys.conflits_lus import jures_de, presentes_de
from binome.jurys.etats import ASSISES, EtatDeJury, EtatDePlace, EtatDeReglement, IssueDeBloc
from binome.jurys.models import DecisionDeBloc, PlaceAuJury, ReglementDeJury
from binome.jurys.quorum import IssueDuVote, issue_des_voix, manque_au_quorum
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from binome.comptes.acteur import Acteur
    from binome.jurys.conflits import Jure, LienAuCandidat
    from binome.jurys.models import Jury, Presentation
    from binome.jurys.propositions_lues import PropositionLue

ATTENDUE = {
    IssueProposee.ACQUIS: IssueDeBloc.VALIDE,
    IssueProposee.NON_ACQUIS: IssueDeBloc.AJOURNE,
}
"""What a decision is when it follows what is proposed."""


def reglement_le(branche: int, jour: date) -> ReglementDeJury | None:
    """The parameters of the juries of a branch on a day; None while it gave none."""
    tenus = ReglementDeJury.objects.filter(
        branche=branche, etat=EtatDeReglement.EN_VIGUEUR, du__lte=jour
    )
    return tenus.order_by("-du", "-pk").first()


def places_de(jury: Jury) -> list[PlaceAuJury]:
    """The seats of a jury that somebody holds, by name."""
    tenues = PlaceAuJury.objects.filter(jury=jury, etat__in=ASSISES).select_related("membre")
    return list(tenues.order_by("membre__nom", "membre__prenom", "pk"))


@dataclass(frozen=True)
class PourUnCandidat:
    """Who decides of somebody: those who leave with why, those who vote, and what is missing for them to.

    `votants` counts those present or represented, those in conflict gone.
    """

    presentation: Presentation
    ecartes: dict[int, LienAuCandidat]
    restent: tuple[Jure, ...]
    votants: int
    manque: tuple[str, ...]


@dataclass(frozen=True)
class SeanceDeJury:
    """A jury as it stands now, and each person presented, by number."""

    jury: Jury
    places: list[PlaceAuJury]
    reglement: ReglementDeJury | None
    candidats: dict[int, PourUnCandidat]
    liens: dict[tuple[int, int], LienAuCandidat] = field(default_factory=dict)


def lire_la_seance(jury: Jury, presentations: Sequence[Presentation]) -> SeanceDeJury:
    """The jury and those presented, in few queries whatever their number."""
    prefetch_related_objects(presentations, "parcours__dossier")
    places = places_de(jury)
    membres = [une.membre for une in places]
    jures = {un.code: un for un in jures_de(membres)}
    parcours = {une.parcours_id: une.parcours for une in presentations}
    presentes = presentes_de(parcours.values(), membres)
    liens = conflits(jures.values(), presentes.values())
    reglement = jury.reglement or reglement_le(jury.branche_id, jury.jour)
    la = [jures[une.membre_id] for une in places if _siege(une, ouvert=jury.ouvert_le is not None)]
    return SeanceDeJury(
        jury,
        places,
        reglement,
        {une.pk: _pour_un(une, places, la, liens, reglement) for une in presentations},
        liens,
    )


def presence_a_noter(seance: SeanceDeJury) -> bool:
    """Whether the jury sits and nobody said yet, of somebody who has a seat, if they are there."""
    notees = (EtatDePlace.PRESENTE, EtatDePlace.ABSENTE)
    return seance.jury.etat == EtatDeJury.OUVERT and any(
        une.etat not in notees for une in seance.places
    )


def _siege(place: PlaceAuJury, *, ouvert: bool) -> bool:
    """Whether somebody counts: who is there once it sits; before, everybody who has a seat."""
    return place.etat == EtatDePlace.PRESENTE or (not ouvert and place.etat != EtatDePlace.ABSENTE)


def _pour_un(
    presentation: Presentation,
    places: Sequence[PlaceAuJury],
    la: Sequence[Jure],
    liens: Mapping[tuple[int, int], LienAuCandidat],
    reglement: ReglementDeJury | None,
) -> PourUnCandidat:
    sien = presentation.parcours_id
    ecartes = {
        une.membre_id: liens[(une.membre_id, sien)]
        for une in places
        if (une.membre_id, sien) in liens
    }
    partis = frozenset(ecartes)
    restent = tuple(un for un in la if un.code not in partis)
    codes = {un.code for un in restent}
    de_place = {une.pk: une.membre_id for une in places}
    representes = {
        une.membre_id
        for une in places
        if une.etat == EtatDePlace.ABSENTE
        and une.pouvoir_id is not None
        and de_place.get(une.pouvoir_id) in codes
        and une.membre_id not in partis
    }
    regles = None if reglement is None else reglement.regles
    return PourUnCandidat(
        presentation, ecartes, restent, len(codes | representes),
        manque_au_quorum(regles, la, partis),
    )  # fmt: skip


@dataclass(frozen=True)
class Vote:
    """What a jury says of a bloc, as it was typed."""

    bloc: int
    issue: str
    pour: int
    contre: int
    raison: str = ""
    recommandation: str = ""


def decision_du_vote(
    qui: PourUnCandidat,
    vote: Vote,
    proposition: PropositionLue,
    par: Acteur,
    *,
    remplace: DecisionDeBloc | None = None,
) -> DecisionDeBloc:
    """The decision, not saved. Raises GesteImpossible when those who are there may not take it, or not so."""
    presentation = qui.presentation
    if vote.bloc not in presentation.blocs:
        raise GesteImpossible("Cette personne n’est pas présentée pour ce bloc.", champ="bloc")
    if qui.manque:
        raise GesteImpossible(
            f"Le jury ne peut pas décider de cette personne. {' '.join(qui.manque)}"
        )
    try:
        voix = issue_des_voix(vote.pour, vote.contre, qui.votants)
    except ValueError as faute:
        raise GesteImpossible(f"{faute} {qui.votants} votent.", champ="pour") from None
    if voix == IssueDuVote.SANS_MAJORITE:
        raise GesteImpossible(
            f"Il n’y a pas de majorité : il faut plus de la moitié des {qui.votants} voix. Votez de nouveau.",
            champ="pour",
        )
    if voix.value != vote.issue:
        raise GesteImpossible(
            f"Les voix disent « {IssueDeBloc(voix.value).label.lower()} » : corrigez les voix ou la décision.",
            champ="issue",
        )
    # What is to be read again proposes neither: whatever the jury decides there is its own, and says why.
    attendue = ATTENDUE.get(proposition.issue)
    if not vote.raison and (vote.issue == IssueDeBloc.AJOURNE or attendue != vote.issue):
        raise GesteImpossible(
            "Dites pourquoi : un ajournement, ou une décision qui n’est pas celle proposée, se motive.",
            champ="raison",
        )
    return DecisionDeBloc(
        presentation=presentation,
        bloc=vote.bloc,
        issue=vote.issue,
        raison=vote.raison,
        recommandation=vote.recommandation,
        proposee=proposition.gardee,
        base=base_courante(certification=presentation.jury.certification).empreinte,
        ecartes=sorted(qui.ecartes),
        presents=qui.votants,
        pour=vote.pour,
        contre=vote.contre,
        decidee_par=par.personne,
        decidee_le=timezone.now(),
        remplace=remplace,
    )


def tout_propose(
    qui: PourUnCandidat, propositions: Mapping[int, PropositionLue], par: Acteur
) -> list[DecisionDeBloc]:
    """The decisions of every bloc as it is proposed, by all who vote. Raises GesteImpossible where one is not acquired."""
    rendues = []
    for bloc in qui.presentation.blocs:
        if propositions[bloc].issue != IssueProposee.ACQUIS:
            raise GesteImpossible(
                f"Le bloc {bloc} n’est pas proposé comme acquis : le jury le décide à part."
            )
        vote = Vote(bloc, IssueDeBloc.VALIDE, qui.votants, 0)
        rendues.append(decision_du_vote(qui, vote, propositions[bloc], par))
    return rendues
