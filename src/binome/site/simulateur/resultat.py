"""What the result page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from binome.regles.metiers.annonce import forfait, phrase, raisons
from binome.site.financement import visite
from binome.site.simulateur.calendrier import LARGEUR as LARGEUR_DU_CALENDRIER
from binome.site.simulateur.calendrier import calendrier
from binome.site.simulateur.etape import a_repondre, dites
from binome.site.simulateur.image import LARGEUR, dessiner
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.regles.basculer import Bascule
    from binome.regles.base import Base
    from binome.regles.compiler import Etabli
    from binome.regles.metiers.positionnement import Positionnement
    from binome.regles.sources import Citation
    from binome.site.simulateur.parcours import Attendue, ParcoursDeQuestions
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
    dits = [un for un in reponse.motifs if un.etape.regle.table == "referentiel"]
    return [citation for un in dits if un.etape.issue == "oui" for citation in un.citations]


def _alertes(reponse: Positionnement) -> list[dict[str, Any]]:
    return [{"alerte": alerte, "sources": reponse.sources_de(alerte)} for alerte in reponse.alertes]


def changements(
    parcours: ParcoursDeQuestions[Attendue], adresse: str, textes: Iterable[tuple[Bascule, str]]
) -> list[dict[str, str]]:
    """What would change the answer, each with the address of the answer it gives."""
    return [
        {"texte": texte, "voir": f"{adresse}?{parcours.requete_avec(bascule.faits)}"}
        for bascule, texte in textes
    ]


def sources_gagnees(base: Base, avant: Etabli, bascules: Iterable[Bascule]) -> list[Citation]:
    """Where the better answers come from: the rules that each change makes true, and their hours."""
    citations = []
    for bascule in bascules:
        apres = bascule.etabli.verites
        gagnees = [un for un, vrai in apres.items() if vrai and not avant.verites.get(un)]
        citations += [citation for un in gagnees for citation in base.regles[un].sources]
    return citations


def contexte_du_resultat(
    parcours: ParcoursDeQuestions[Positionnement], porte: Porte, request: Demande
) -> dict[str, Any]:
    """The context of the result page."""
    reponse = parcours.reponse
    adresse = reverse("resultat", args=[porte.code])
    question = reverse("question", args=[porte.code])
    referentiel = reponse.referentiel
    alertes = _alertes(reponse)
    financement = visite.lire(request.GET).reponse
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
        "changements": changements(
            parcours, adresse, ((un.bascule, un.texte) for un in reponse.pour_changer)
        ),
        "faits": dites(parcours, porte, question),
        "manquants": a_repondre(parcours, porte, question, reponse.manquants),
        "adresse": adresse_entiere(f"{adresse}?{parcours.requete()}"),
        "requete": parcours.requete(),
        "requete_entiere": request.GET.urlencode(),
        "cachees": list(parcours.paires()),
        "calendrier": calendrier(reponse, request.GET),
        "calendrier_largeur": LARGEUR_DU_CALENDRIER,
        "sources_des_changements": sources_gagnees(
            reponse.base, reponse.conclusion.etabli, (un.bascule for un in reponse.pour_changer)
        ),
        "qui_paie": visite.phrase(financement),
        "qui_paie_suite": visite.suite(financement),
        "vers_le_financement": f"{reverse('qui-paie', args=[porte.code])}?{parcours.requete()}",
        "vers_l_aide": f"{reverse('aide')}?{parcours.requete()}" if porte.aide else "",
    }
