"""What the page says, as plain data: the template only lays it out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from binome.impression.heures import epreuves, heures
from binome.impression.renvois import Renvois
from binome.regles.annonce import phrase, raisons
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date

    from binome.agenda.plan import Plan
    from binome.regles.positionnement import Positionnement

MENTION: Final = "Réponse informative : la branche (CPNEFP) décide seule du positionnement."
# Where a long address may be cut at the end of a line.
_COUPURES: Final = re.compile(r"(?<=[/?&=,+%])(?=.)")


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _faits(reponse: Positionnement) -> list[dict[str, str]]:
    """The facts declared, but the sensitive ones: the page is made to be handed over."""
    dossier, faits = reponse.decision.dossier, reponse.base.faits
    return [
        {"libelle": _majuscule(fait.libelle), "valeur": fait.en_mots(dossier[nom])}
        for nom, fait in faits.items()
        if dossier[nom] is not None and not fait.sensible
    ]


def _alertes(reponse: Positionnement, renvois: Renvois) -> list[dict[str, Any]]:
    return [
        {
            "titre": "Les sources divergent" if alerte.lectures else "À savoir",
            "texte": alerte.texte,
            "renvois": [] if alerte.lectures else renvois.cles(reponse.sources_de(alerte)),
            "lectures": [
                {"valeur": _majuscule(une.valeur), "renvois": renvois.cles(une.sources)}
                for une in alerte.lectures
            ],
        }
        for alerte in reponse.alertes
    ]


def _calendrier(plan: Plan | None, renvois: Renvois) -> dict[str, Any] | None:
    if plan is None or plan.fin is None:
        return None
    au_plus_tot = " au plus tôt" if plan.incertain_apres else ""
    premier, nombre = plan.jours[0], len(plan.jours)
    lignes = {
        "Entrée en formation": date_en_clair(plan.entree),
        "Journées de formation": f"{nombre}, à partir du {date_en_clair(premier)}",
        "Fin estimée": f"{date_en_clair(plan.fin)}{au_plus_tot}",
        "Jury": plan.jury_en_clair,
    }
    return {
        "lignes": [{"libelle": libelle, "valeur": valeur} for libelle, valeur in lignes.items()],
        "pauses": [
            f"{_majuscule(une.nom)} : du {date_en_clair(une.du)} au {date_en_clair(une.au)}."
            for une in plan.pauses
        ],
        "hypotheses": list(plan.hypotheses),
        "renvois": renvois.cles(plan.sources),
    }


def _regles(reponse: Positionnement) -> str:
    if reponse.au is None:
        return "Sans date d’entrée en formation, nous ne savons pas quelles règles s’appliquent."
    regles = f"Règles du {date_en_clair(reponse.au)}"
    return f"{regles} : {reponse.referentiel.titre}." if reponse.referentiel else f"{regles}."


def contenu(
    reponse: Positionnement, *, edite_le: date, adresse: str, plan: Plan | None, tiers: bool
) -> dict[str, Any]:
    """Every text of the page, with plain spaces, and its sources numbered."""
    renvois = Renvois()
    regles = "" if reponse.au is None else f"Règles du {date_en_clair(reponse.au)}. "
    page: dict[str, Any] = {
        "titre": "Positionnement : assistant médical",
        "phrase": phrase(reponse, tiers=tiers),
        "regles": _regles(reponse),
        "faits": _faits(reponse),
        "heures": heures(reponse, renvois),
        "epreuves": epreuves(reponse, renvois),
        "calendrier": _calendrier(plan, renvois),
        "raisons": [
            {"texte": un.texte, "renvois": renvois.cles(un.citations)} for un in raisons(reponse)
        ],
        "alertes": _alertes(reponse, renvois),
        "changements": [un.texte for un in reponse.pour_changer],
        "manquants": [reponse.base.faits[nom].question for nom in reponse.manquants],
        "pieces": [{"libelle": une.libelle, "pourquoi": une.pourquoi} for une in reponse.pieces],
        "adresse": adresse,
        "adresse_coupee": _COUPURES.sub("\u200b", adresse),
        "mention": MENTION,
        "date": [edite_le.year, edite_le.month, edite_le.day],
        "pied": (
            f"Édité le {date_en_clair(edite_le)}. {regles}"
            f"Base {reponse.base.empreinte.removeprefix('sha256:')[:12]}."
        ),
    }
    return page | {"sources": renvois.documents(), "numeros": renvois.numeros()}
