"""What a page offers to who examines: the absences to take as said, and the decision, with what they may settle otherwise."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.dossiers import absences
from binome.dossiers.bases import base_de
from binome.dossiers.etats import CHEZ_LA_BRANCHE, Etat, Nature
from binome.dossiers.flows import EXAMEN
from binome.dossiers.gardes import preparable
from binome.dossiers.impartialite import meme_nom
from binome.dossiers.jugement import (
    HORS_BORNES,
    LUES,
    MANQUES,
    SANS_ATTENDRE,
    SANS_HEURES,
    SANS_PIECE,
    a_confirmer,
    lire_les_coches,
    nature_de,
    offres_de,
)
from binome.dossiers.permissions import cotes
from binome.dossiers.suspens import OU_ATTENDRE, en_suspens
from binome.dossiers.vues.dossier import proposition_de
from binome.gestes.refus import GesteImpossible
from binome.regles.faits import lire_valeur
from binome.regles.metiers import raisons_d_ecart as raisons
from binome.regles.metiers.ecart import OU_CONFIRMER, minutes_en_moins
from binome.regles.metiers.reponse import citations_de
from binome.regles.regle import EffetDeMetier
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier, Proposition
    from binome.gestes.volets import GesteTente
    from binome.regles.base import Base
    from binome.regles.metiers.ecart import Offre

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
    tente = tentative.de("decider")
    return {
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
        "raisons": [une for une in raisons.raisons().values() if une.sert(timezone.localdate())],
        "a_confirmer": [
            (code, CONFIRMES[code].format(" ".join(suspens)).strip(), code in confirmes)
            for code in manques
        ],
        "ecarte": any(tape.get(nom) for nom in ("voie", "heures", "dispenses")),
    }


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
