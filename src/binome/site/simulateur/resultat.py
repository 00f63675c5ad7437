"""What the result page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from binome.regles.annonce import forfait, phrase, raisons
from binome.site.simulateur.calendrier import LARGEUR as LARGEUR_DU_CALENDRIER
from binome.site.simulateur.calendrier import calendrier
from binome.site.simulateur.image import LARGEUR, dessiner
from binome.site.simulateur.questions import INCONNU, texte_de

if TYPE_CHECKING:
    from binome.regles.positionnement import Positionnement
    from binome.regles.sources import Citation
    from binome.site.simulateur.parcours import Parcours
    from binome.site.simulateur.portes import Porte
    from binome.socle.demande import Demande


EMPLOYEUR: Final = "employeur_requis"
"""What stands in the way of everything: told first."""


def _raisons(reponse: Positionnement) -> list[dict[str, Any]]:
    """The reasons; what only informs is neither granted nor refused."""
    tables = reponse.base.tables
    return [
        {"motif": un, "informe": tables[un.etape.regle.table].role == "informe"}
        for un in raisons(reponse)
    ]


def _sources_du_jour(reponse: Positionnement) -> list[Citation]:
    """Why no référentiel is in force, on a day that has none."""
    dites = [un for un in reponse.motifs if un.etape.regle.table == "referentiel"]
    return [citation for un in dites if un.etape.issue == "oui" for citation in un.citations]


def _alertes(reponse: Positionnement) -> list[dict[str, Any]]:
    return [{"alerte": alerte, "sources": reponse.sources_de(alerte)} for alerte in reponse.alertes]


def _changements(parcours: Parcours, adresse: str) -> list[dict[str, str]]:
    """What would change the answer, each with the address of the answer it gives."""
    return [
        {"texte": un.texte, "voir": f"{adresse}?{parcours.requete_avec(un.bascule.faits)}"}
        for un in parcours.reponse.pour_changer
    ]


def _sources_des_changements(parcours: Parcours) -> list[Citation]:
    """Where the better answers come from: the rules that each change makes true, and their hours."""
    base, avant = parcours.base, parcours.reponse.decision.etat.verites
    citations = []
    for un in parcours.reponse.pour_changer:
        apres = un.bascule.etat.verites
        gagnees = [base.regles[nom] for nom, vrai in apres.items() if vrai and not avant.get(nom)]
        citations += [citation for regle in gagnees for citation in regle.sources]
    return citations


def _faits(parcours: Parcours, porte: Porte, question: str) -> list[dict[str, str]]:
    faits = parcours.base.faits
    return [
        {
            "question": texte_de(faits[nom], porte),
            "valeur": "Vous ne savez pas"
            if dits == [INCONNU]
            else faits[nom].en_mots(parcours.dossier[nom]),
            "changer": f"{question}?{parcours.requete(question=nom)}",
        }
        for nom, dits in parcours.reponses.items()
    ]


def contexte_du_resultat(parcours: Parcours, porte: Porte, request: Demande) -> dict[str, Any]:
    """The context of the result page."""
    reponse = parcours.reponse
    adresse = reverse("resultat", args=[porte.code])
    question = reverse("question", args=[porte.code])
    referentiel = reponse.referentiel
    alertes = _alertes(reponse)
    return {
        "porte": porte,
        "reponse": reponse,
        "phrase": phrase(reponse, tiers=porte.tiers),
        "referentiel": referentiel,
        "sources_du_jour": _sources_du_jour(reponse),
        "image": dessiner(reponse),
        "largeur": LARGEUR,
        "epreuves": referentiel.epreuves if referentiel and reponse.voie == "cqp" else (),
        "raisons": _raisons(reponse),
        "urgence": next((un for un in alertes if un["alerte"].code == EMPLOYEUR), None),
        "alertes": [un for un in alertes if un["alerte"].code != EMPLOYEUR],
        "forfait": forfait(reponse),
        "en_moins": (reponse.minutes["dispensees"] or 0)
        + (reponse.minutes["evaluations_dispensees"] or 0),
        "changements": _changements(parcours, adresse),
        "faits": _faits(parcours, porte, question),
        "manquants": [
            {
                "question": texte_de(parcours.base.faits[nom], porte),
                "repondre": f"{question}?{parcours.requete(sans=nom, question=nom)}",
            }
            for nom in reponse.manquants
        ],
        "adresse": request.build_absolute_uri(f"{adresse}?{parcours.requete()}"),
        "requete": parcours.requete(),
        "requete_entiere": request.GET.urlencode(),
        "cachees": [(nom, un) for nom, dits in parcours.reponses.items() for un in dits],
        "calendrier": calendrier(reponse, request.GET),
        "calendrier_largeur": LARGEUR_DU_CALENDRIER,
        "sources_des_changements": _sources_des_changements(parcours),
    }
