"""What a page offers to who decides: the answer as it is proposed, and what they may settle otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.dossiers.bases import base_de
from binome.dossiers.etats import Nature
from binome.dossiers.jugement import (
    LUES,
    SANS_HEURES,
    SANS_PIECE,
    a_confirmer,
    lire_les_coches,
    offres_de,
)
from binome.regles.metiers import raisons_d_ecart as raisons
from binome.regles.metiers.ecart import en_mots, minutes_en_moins
from binome.regles.metiers.reponse import citations_de
from binome.regles.regle import EffetDeMetier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Decision, Dossier, Proposition
    from binome.regles.base import Base
    from binome.regles.metiers.ecart import Offre

CHAMPS: Final = ("nature", "reserve", "voie", "heures", "raison", "ecart", "dispenses", "confirme")
CONFIRMES: Final[Mapping[str, str]] = {
    LUES: "J’ai lu aussi les pièces qu’une autre personne a examinées.",
    SANS_PIECE: "Aucune pièce n’est acceptée : je décide sans pièce.",
    SANS_HEURES: "J’accorde sans voie ou sans heures établies.",
}
"""What a person says by ticking: in the first person, as they answer for it."""


def a_decider(
    dossier: Dossier, proposition: Proposition, acteur: Acteur, tape: Mapping[str, str]
) -> dict[str, Any]:
    """The form of a decision, with what was typed when the gesture did not pass."""
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
        or proposition.prouve["minutes"].get(base.certification.compte) is None
    ):
        manques.append(SANS_HEURES)
    textes = {un["regle"]: un for un in proposition.prouve["motifs"]}
    ecarte = any(tape.get(nom) for nom in ("voie", "heures", "dispenses"))
    return {
        "natures_de_decision": Nature.choices,
        "tape": {nom: tape.get(nom, "") for nom in CHAMPS},
        "voies": [(code, une.court) for code, une in voies.items() if code != proposee],
        "voie_proposee": voies[proposee].court if proposee in voies else "pas établie",
        "offres": [_offre(une, textes, accordees, base) for une in offres],
        "raisons_d_ecart": [
            une for une in raisons.raisons().values() if une.sert(timezone.localdate())
        ],
        "a_confirmer": [(code, CONFIRMES[code], code in confirmes) for code in manques],
        "ecarte": ecarte,
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


def depart_dit(decision: Decision, base: Base) -> dict[str, Any] | None:
    """What a decision settled otherwise than the rules, why, and against which; None when it did not depart."""
    if "ecart" not in decision.depart:
        return None
    contre = decision.depart["contre"]
    return {
        "dits": en_mots(base, decision.depart["ecart"]),
        "raison": raisons.en_clair(decision.raison),
        "contre": [{**un, "citations": citations_de(base, un["sources"])} for un in contre],
    }
