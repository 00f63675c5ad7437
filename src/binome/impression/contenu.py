"""What the page says, as plain data: the template only lays it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.impression import commun
from binome.impression.heures import epreuves, heures
from binome.impression.renvois import Renvois
from binome.regles.calendrier import date_en_clair
from binome.regles.metiers.annonce import phrase, raisons
from binome.typographie import majuscule

if TYPE_CHECKING:
    from datetime import date

    from binome.agenda.plan import Plan
    from binome.regles.metiers.positionnement import Positionnement

MENTION: Final = "Réponse informative : la branche (CPNEFP) décide seule du positionnement."


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
            f"{majuscule(une.nom)} : du {date_en_clair(une.du)} au {date_en_clair(une.au)}."
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
    dit = {
        "titre": "Positionnement : assistant médical",
        "phrase": phrase(reponse, tiers=tiers),
        "regles": _regles(reponse),
        "faits": commun.faits(reponse.base, reponse.conclusion.dossier),
        "heures": heures(reponse, renvois),
        "epreuves": epreuves(reponse, renvois),
        "calendrier": _calendrier(plan, renvois),
        "raisons": commun.raisons(raisons(reponse), renvois),
        "alertes": commun.alertes(reponse, renvois),
        "changements": [un.texte for un in reponse.pour_changer],
        "manquants": [reponse.base.faits[nom].question for nom in reponse.manquants],
        "pieces": [{"libelle": une.libelle, "pourquoi": une.pourquoi} for une in reponse.pieces],
    }
    return commun.page(
        dit,
        renvois,
        base=reponse.base,
        au=reponse.au,
        edite_le=edite_le,
        adresse=adresse,
        mention=MENTION,
    )
