"""What a page offers to who examines: the absences to take as said, and the decision, with what they may settle otherwise."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers import absences
from binome.dossiers.bases import base_de
from binome.dossiers.etats import CHEZ_LA_BRANCHE, Etat, Nature
from binome.dossiers.flows import EXAMEN, GESTES
from binome.dossiers.gardes import preparable
from binome.dossiers.impartialite import a_fait_revoir, meme_nom
from binome.dossiers.jugement import (
    HORS_BORNES,
    LUES,
    MANQUES,
    SANS_ATTENDRE,
    SANS_HEURES,
    SANS_PIECE,
    a_confirmer,
    ecart_de,
    lire_les_coches,
    nature_de,
    offres_de,
    reponse_de,
)
from binome.dossiers.permissions import cotes, dossier_pour
from binome.dossiers.suspens import OU_ATTENDRE, en_suspens
from binome.dossiers.vues.dossier import proposition_de, recours_de
from binome.gestes.refus import GesteImpossible
from binome.regles.faits import lire_valeur
from binome.regles.metiers import raisons_d_ecart as raisons
from binome.regles.metiers.ecart import OU_CONFIRMER, minutes_en_moins
from binome.regles.metiers.raisons import est_utile, explique_un_refus
from binome.regles.metiers.reponse import annoncer, citations_de
from binome.regles.regle import EffetDeMetier
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier, Proposition
    from binome.gestes.volets import GesteTente
    from binome.regles.base import Base
    from binome.regles.metiers.ecart import Offre

SE_CALCULENT: Final = ("voie", "dispenses", "heures")
"""The fields that change the answer: the only ones that an address ever holds."""
CHAMPS: Final = ("nature", "reserve", "voie", "heures", "raison", "ecart", "dispenses", "confirme")
CONFIRMES: Final[Mapping[str, str]] = {
    LUES: "J’ai lu aussi les pièces qu’une autre personne a examinées.",
    SANS_PIECE: "Aucune pièce n’est acceptée : je décide sans pièce.",
    SANS_HEURES: "J’accorde sans voie ou sans heures établies.",
    HORS_BORNES: "J’accorde ces heures, que la formation ne compte pas ainsi.",
    SANS_ATTENDRE: "{} Je décide sans attendre.",
}
"""What a person says by ticking: in the first person, as they answer for it."""


def absences_dites(
    _: HttpRequest, acteur: Acteur, dossier: Dossier, tentative: GesteTente
) -> Mapping[str, Any] | None:
    """What the candidate says that they do not have, for who may take it as said."""
    if dossier.etat not in CHEZ_LA_BRANCHE or EXAMEN not in cotes(acteur, dossier):
        return None
    base = base_de(dossier.certification)
    dites = [
        (nom, f"{majuscule(fait.libelle)} : {fait.en_mots(lire_valeur(fait, valeur))}")
        for nom, valeur in absences.declarees(dossier).items()
        for fait in [base.faits[nom]]
    ]
    if not dites:
        return None
    return {
        "dossier": dossier,
        "absences": dites,
        "prepare": preparable(dossier),
        "faute": tentative.de("constater").faute,
    }


def decision_a_prendre(
    _: HttpRequest, acteur: Acteur, dossier: Dossier, tentative: GesteTente
) -> Mapping[str, Any] | None:
    """The form of a decision, with what was typed when the gesture did not pass."""
    if dossier.etat != Etat.PROPOSITION or EXAMEN not in cotes(acteur, dossier):
        return None
    proposition = proposition_de(dossier)
    if proposition is None:
        return None
    if (empeche := a_fait_revoir(acteur, recours_de(dossier))) is not None:
        return {"empeche": empeche}
    tente = tentative.de("decider")
    return {
        "empeche": "",
        "dossier": dossier,
        "faute": tente.faute,
        "champ": tente.champ,
        "meme_nom": meme_nom(acteur, dossier),
        "nature_proposee": _nature_proposee(dossier, proposition),
        **_a_decider(dossier, proposition, acteur, tente),
    }


def _nature_proposee(dossier: Dossier, proposition: Proposition) -> str:
    with suppress(GesteImpossible):
        return nature_de(proposition.prouve, dossier.certification)
    return ""


def _a_decider(
    dossier: Dossier, proposition: Proposition, acteur: Acteur, tente: GesteTente
) -> dict[str, Any]:
    tape = tente.tape
    base = base_de(dossier.certification)
    voies = base.certification.voies
    proposee = proposition.prouve["voie"]
    offres = offres_de(proposition)
    accordees = (
        set(lire_les_coches(tape["dispenses"]))
        if tape.get("dispenses")
        else {une.regle.id for une in offres if une.accordee}
    )
    confirmes = lire_les_coches(tape.get("confirme", ""))
    manques = a_confirmer(dossier, acteur.personne.pk)
    if (
        SANS_HEURES in confirmes
        or tente.faute == MANQUES[SANS_HEURES]
        or proposition.prouve["minutes"].get(base.certification.compte) is None
    ):
        manques.append(SANS_HEURES)
    if HORS_BORNES in confirmes or tente.faute.endswith(OU_CONFIRMER):
        manques.append(HORS_BORNES)
    suspens = [] if SANS_PIECE in manques else en_suspens(dossier, proposition.prouve)
    if suspens or tente.faute.endswith(OU_ATTENDRE):
        manques.append(SANS_ATTENDRE)
    textes = {un["regle"]: un for un in proposition.prouve["motifs"]}
    return {
        "natures": Nature.choices,
        "tape": {nom: tape.get(nom, "") for nom in CHAMPS},
        "voies": [(code, une.court) for code, une in voies.items() if code != proposee],
        "voie_proposee": voies[proposee].court if proposee in voies else "pas établie",
        "offres": [_offre(une, textes, accordees, base) for une in offres],
        "raisons": _raisons(dossier, proposition, base),
        "a_confirmer": [
            (code, CONFIRMES[code].format(" ".join(suspens)).strip(), code in confirmes)
            for code in manques
        ],
        "ecarte": any(tape.get(nom) for nom in SE_CALCULENT),
        "calculee": None,
    }


def _raisons(dossier: Dossier, proposition: Proposition, base: Base) -> list[dict[str, Any]]:
    """The catalogue, what the rules themselves refuse first; an appeal is no reason where there was none."""
    refus = [
        un["regle"]
        for un in proposition.prouve["motifs"]
        if est_utile(base, un["regle"], un["issue"], proposition.prouve["voie"])
        and explique_un_refus(base, un["regle"], un["issue"])
    ]
    dites = [
        {
            "code": une.code,
            "texte": une.texte,
            "pour": " ".join(une.pour),
            "des_regles": any(une.dit(regle) for regle in refus),
        }
        for une in raisons.raisons().values()
        if une.sert(timezone.localdate()) and (recours_de(dossier) or not une.apres_recours)
    ]
    return sorted(dites, key=lambda dite: not dite["des_regles"])


@require_safe
def reponse(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer as it would be decided with what is ticked, worked out by the rules: nothing is written."""
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, "decider")
    contexte: dict[str, Any] = {"faute": "", "annonce": None}
    proposition = proposition_de(dossier) if dossier.etat == Etat.PROPOSITION else None
    if proposition is None:
        contexte["faute"] = "Cette proposition n’attend plus de décision : rechargez la page."
    else:
        geste = GESTES["decider"]
        coches = {nom: " ".join(request.GET.getlist(nom)) for nom in SE_CALCULENT}
        try:
            ecart = ecart_de(proposition, geste.lire(geste.du_formulaire(coches)))
            if ecart:
                dite = reponse_de(proposition, ecart, dossier.certification)
                contexte["annonce"] = annoncer(dite, base_de(dossier.certification))
        except GesteImpossible as impossible:
            contexte["faute"] = str(impossible)
    return render(request, "espace/reponse_calculee.html", contexte)


def _offre(
    offre: Offre, textes: Mapping[str, Mapping[str, Any]], accordees: set[str], base: Base
) -> dict[str, Any]:
    dit, effet = textes.get(offre.regle.id, {}), offre.regle.effet
    return {
        "code": offre.regle.id,
        "titre": offre.regle.titre,
        "effet": effet.en_clair(base) if isinstance(effet, EffetDeMetier) else "",
        "minutes": minutes_en_moins(base, offre.regle),
        "coche": offre.regle.id in accordees,
        "proposee": offre.accordee,
        "texte": dit.get("texte", ""),
        "citations": citations_de(base, dit.get("sources", ())),
    }
