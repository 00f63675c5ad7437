"""The flow of an appeal against a jury, as one table: a decision that it changes is replaced, and stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.gestes.auteur import MAISON, personne
from binome.gestes.passage import chacun
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import naitre
from binome.gestes.table import Champ, Flux, Geste
from binome.jurys.blocs import decisions_de
from binome.jurys.decisions_flux import ecrire_les_decisions
from binome.jurys.etats import EtatDeRecoursDeJury
from binome.jurys.minutes import dire_le_recours
from binome.jurys.models import ProcesVerbal, RecoursDeJury
from binome.jurys.permissions import (
    CANDIDAT,
    JURY,
    cotes_de_recours,
    pas_de_recours,
    recours_visibles,
)
from binome.jurys.presentations_flux import DU_VOTE, vote_de
from binome.jurys.proces_verbal_flux import PROCES_VERBAUX
from binome.jurys.propositions_lues import propositions_de
from binome.jurys.seance import decision_du_vote, lire_la_seance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.jurys.models import Presentation

REPONSE: Final = Champ("reponse", "Votre réponse", "Répondez : la personne la lira.")
DEPOSE: Final = EtatDeRecoursDeJury.DEPOSE
OTE: Final = "Texte effacé avec le dossier."


def dernier_jour(presentation: Presentation) -> date | None:
    """The last day to appeal, included; None where the branch gave no delay, or while the jury sits."""
    jury = presentation.jury
    if jury.clos_le is None or jury.reglement is None or jury.reglement.recours_jours is None:
        return None
    return timezone.localdate(jury.clos_le) + timedelta(days=jury.reglement.recours_jours)


def _repondre(passage: Passage[RecoursDeJury], _: Auteur) -> None:
    passage.change |= {"reponse": passage.donnees["reponse"], "repondu_le": timezone.now()}


def _accueillir(passages: Sequence[Passage[RecoursDeJury]], par: Auteur) -> None:
    """Reads the vote of those who sat, on the bloc that changes."""
    for passage in passages:
        presentation = passage.objet.presentation
        try:
            vote = vote_de(passage.donnees)
            avant = decisions_de([presentation])[presentation.pk].get(vote.bloc)
            if avant is None:
                raise GesteImpossible("Ce bloc n’a pas été décidé ce jour-là.", champ="bloc")
            if avant.issue == vote.issue:
                raise GesteImpossible(
                    "C’est déjà la décision : rejetez le recours plutôt.", champ="issue"
                )
            if not vote.raison:
                raise GesteImpossible("Dites pourquoi la décision change.", champ="raison")
            seance = lire_la_seance(presentation.jury, [presentation])
            decision = decision_du_vote(
                seance.candidats[presentation.pk], vote, propositions_de(presentation)[vote.bloc],
                personne(par), remplace=avant,
            )  # fmt: skip
        except GesteImpossible as impossible:
            passage.refus = impossible
            continue
        passage.donnees["decision"] = decision
        passage.apres |= {"bloc": vote.bloc, "issue": str(vote.issue)}
        _repondre(passage, par)


def _changer(passages: Sequence[Passage[RecoursDeJury]], par: Auteur) -> None:
    """Replaces the decision, and says so in minutes of its own."""
    ecrire_les_decisions([un.donnees["decision"] for un in passages], par)
    dits = [
        ProcesVerbal(
            jury=un.objet.presentation.jury, recours=un.objet, dit=dire_le_recours(un.objet),
            etabli_le=timezone.now(),
        )
        for un in passages
    ]  # fmt: skip
    naitre(PROCES_VERBAUX, "etablir", dits, par)


def _effacer(passage: Passage[RecoursDeJury], _: Auteur) -> None:
    passage.change |= {"texte": OTE, "reponse": OTE if passage.objet.reponse else ""}
    if passage.objet.etat == DEPOSE:
        passage.change["repondu_le"] = timezone.now()


RECOURS: Final = Flux(
    nom="recours_de_jury",
    modele=RecoursDeJury,
    mot="le recours",
    ce_mot="ce recours",
    cotes=cotes_de_recours,
    pourquoi_pas=pas_de_recours,
    visibles=recours_visibles,
    dits={MAISON: "", JURY: "par la branche", CANDIDAT: "par la personne"},
    table=(
        Geste(
            nom="deposer", mot="Contester la décision du jury", de=(), vers=DEPOSE, qui=(CANDIDAT,),
            dit="Votre recours est déposé.", recit="Recours déposé", formulaire=False,
        ),
        Geste(
            nom="accueillir", mot="Changer une décision", de=(DEPOSE,), vers=EtatDeRecoursDeJury.ACCUEILLI,
            qui=(JURY,), suite="La nouvelle décision remplace l’ancienne, et un procès-verbal le dit.",
            dit="La décision est changée.", recit="Recours accueilli", champs=(*DU_VOTE, REPONSE),
            prepare=(_accueillir,), effets=(_changer,),
        ),
        Geste(
            nom="rejeter", mot="Maintenir les décisions", de=(DEPOSE,), vers=EtatDeRecoursDeJury.REJETE, qui=(JURY,),
            dit="Les décisions sont maintenues.", recit="Recours rejeté", champs=(REPONSE,),
            prepare=(chacun(_repondre),),
        ),
        Geste(
            nom="effacer", mot="Effacer", de=tuple(EtatDeRecoursDeJury.values),
            vers={DEPOSE: EtatDeRecoursDeJury.REJETE}, qui=(MAISON,), dit="Les mots du recours sont effacés.",
            recit="", formulaire=False, prepare=(chacun(_effacer),),
        ),
    ),
)  # fmt: skip
