"""The flow of somebody presented to a jury, as one table; a decision of a bloc is a gesture on them, so that of two at once one wins."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.gestes.auteur import MAISON, personne
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.table import Champ, Flux, Geste
from binome.jurys.blocs import decisions_de
from binome.jurys.decisions_flux import ecrire_les_decisions
from binome.jurys.etats import EtatDeJury, EtatDePresentation, IssueDeBloc
from binome.jurys.models import Presentation
from binome.jurys.permissions import JURY, cotes_de_presentation, pas_de_presentation
from binome.jurys.propositions_lues import propositions_des
from binome.jurys.seance import Vote, decision_du_vote, lire_la_seance, tout_propose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

A_EXAMINER: Final = EtatDePresentation.A_EXAMINER
DECIDEE: Final = EtatDePresentation.DECIDEE


def _en_seance(presentation: Presentation) -> str | None:
    """Why nothing is decided now: the jury is not open."""
    return None if presentation.jury.etat == EtatDeJury.OUVERT else "Le jury n’est pas ouvert."


def _pas_encore_clos(presentation: Presentation) -> str | None:
    return (
        "Le jury est clos : ce qu’il a décidé ne change que par un recours."
        if presentation.jury.etat == EtatDeJury.CLOS
        else None
    )


def _entier(texte: str) -> int:
    if not texte.isdecimal() or len(texte) > 3:
        raise ValueError("Donnez un nombre entier.")
    return int(texte)


def _issue(texte: str) -> str:
    if texte not in IssueDeBloc.values:
        raise ValueError("Choisissez : validé, ou ajourné.")
    return texte


def _court(texte: str) -> str:
    if len(texte) > 1000:
        raise ValueError("Restez sous 1 000 caractères.")
    return texte


DU_VOTE: Final = (
    Champ("bloc", "Bloc", "Choisissez le bloc.", lire=_entier),
    Champ("issue", "Décision", "Choisissez : validé, ou ajourné.", lire=_issue),
    Champ("pour", "Voix pour valider", "Comptez les voix pour valider.", lire=_entier),
    Champ("contre", "Voix contre", "Comptez les voix contre : 0 s’il n’y en a pas.", lire=_entier),
    Champ("raison", "Motif", lire=_court),
    Champ("recommandation", "Recommandation à la personne", lire=_court),
)
"""What is typed of a bloc."""


def vote_de(donnees: dict[str, Any]) -> Vote:
    """The vote that a form gave."""
    return Vote(
        bloc=donnees["bloc"],
        issue=donnees["issue"],
        pour=donnees["pour"],
        contre=donnees["contre"],
        raison=donnees.get("raison") or "",
        recommandation=donnees.get("recommandation") or "",
    )


def _par_jury(passages: Sequence[Passage[Presentation]]) -> list[list[Passage[Presentation]]]:
    groupes: defaultdict[int, list[Passage[Presentation]]] = defaultdict(list)
    for passage in passages:
        groupes[passage.objet.jury_id].append(passage)
    return list(groupes.values())


def _decider(passages: Sequence[Passage[Presentation]], par: Auteur) -> None:
    """Reads the votes, and says whether every bloc has its decision."""
    deja = decisions_de([un.objet for un in passages])
    for groupe in _par_jury(passages):
        presentes = [un.objet for un in groupe]
        seance = lire_la_seance(groupe[0].objet.jury, presentes)
        proposees = propositions_des(presentes)
        for passage in groupe:
            presentation = passage.objet
            try:
                vote = vote_de(passage.donnees)
                avant = deja[presentation.pk].get(vote.bloc)
                proposee = proposees[presentation.pk].get(vote.bloc)
                if proposee is None:
                    raise GesteImpossible(
                        "Cette personne n’est pas présentée pour ce bloc.", champ="bloc"
                    )
                vue = passage.donnees.get("vue")
                if vue is not None and vue != proposee.empreinte:
                    raise Depasse("ce qui est proposé pour ce bloc")
                decision = decision_du_vote(
                    seance.candidats[presentation.pk], vote, proposee, personne(par), remplace=avant
                )
            except GesteImpossible as impossible:
                passage.refus = impossible
                continue
            passage.donnees["decisions"] = [decision]
            passage.apres |= {"bloc": vote.bloc, "issue": str(vote.issue)}
            tenus = {*deja[presentation.pk], vote.bloc}
            if tenus >= set(presentation.blocs) and presentation.etat == A_EXAMINER:
                passage.vers = DECIDEE
                passage.change["decidee_le"] = timezone.now()


def _confirmer(passages: Sequence[Passage[Presentation]], par: Auteur) -> None:
    """Decides every bloc as it is proposed, where nothing is to be read again and nothing was decided apart."""
    deja = decisions_de([un.objet for un in passages])
    for groupe in _par_jury(passages):
        presentes = [un.objet for un in groupe]
        seance = lire_la_seance(groupe[0].objet.jury, presentes)
        proposees = propositions_des([un for un in presentes if not deja[un.pk]])
        for passage in groupe:
            try:
                if deja[passage.objet.pk]:
                    raise GesteImpossible("Un bloc est déjà décidé : finissez sur sa page.")
                numero = passage.objet.pk
                rendues = tout_propose(seance.candidats[numero], proposees[numero], personne(par))
            except GesteImpossible as impossible:
                passage.refus = impossible
                continue
            passage.donnees["decisions"] = rendues
            passage.change["decidee_le"] = timezone.now()


def _ecrire(passages: Sequence[Passage[Presentation]], par: Auteur) -> None:
    ecrire_les_decisions([une for un in passages for une in un.donnees["decisions"]], par)


def _retirer(passages: Sequence[Passage[Presentation]], _: Auteur) -> None:
    """Refuses for who is decided of in part: the jury finishes."""
    commencees = decisions_de([un.objet for un in passages])
    for passage in passages:
        if commencees[passage.objet.pk]:
            passage.refus = GesteImpossible(
                "Un bloc de cette personne est déjà décidé : finissez de décider."
            )


PRESENTATIONS: Final = Flux(
    nom="presentations",
    modele=Presentation,
    mot="la présentation",
    ce_mot="cette présentation",
    cotes=cotes_de_presentation,
    pourquoi_pas=pas_de_presentation,
    dits={MAISON: "", JURY: "par la branche"},
    table=(
        Geste(
            nom="presenter", mot="Présenter au jury", de=(), vers=A_EXAMINER, qui=(JURY,),
            dit="La personne est présentée au jury.", recit="Présentation au jury", formulaire=False,
        ),
        Geste(
            nom="decider", mot="Décider d’un bloc", de=(A_EXAMINER, DECIDEE), vers=None, qui=(JURY,),
            dit="La décision est notée.", recit="Bloc décidé", garde=_en_seance, champs=DU_VOTE,
            prepare=(_decider,), effets=(_ecrire,),
        ),
        Geste(
            nom="confirmer", mot="Confirmer ce qui est proposé", de=(A_EXAMINER,), vers=DECIDEE, qui=(JURY,),
            dit="Ce qui est proposé est confirmé.", recit="Blocs décidés comme proposé", garde=_en_seance,
            ensemble=True, prepare=(_confirmer,), effets=(_ecrire,),
        ),
        Geste(
            nom="retirer", mot="Retirer de ce jury", de=(A_EXAMINER,), vers=EtatDePresentation.RETIREE,
            qui=(JURY, MAISON), suite="La personne peut être présentée à un autre jury.",
            dit="La personne n’est plus présentée à ce jury.", recit="Retrait du jury", garde=_pas_encore_clos,
            prepare=(_retirer,),
        ),
    ),
)  # fmt: skip
