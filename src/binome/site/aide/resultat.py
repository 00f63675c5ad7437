"""What the page of five years shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from binome.agenda.annonce import (
    DEUX_VOIES,
    a_faire_avant,
    aide_en_clair,
    condition,
    cout_en_clair,
    objectifs,
    phrase,
    quand,
    reste_en_clair,
)
from binome.agenda.contrat_d_aide import manquants_des_annees
from binome.regles.metiers.aide import SUITE
from binome.site.aide.image import dessiner
from binome.site.simulateur import hypothese
from binome.site.simulateur.etape import a_repondre, dites
from binome.site.simulateur.resultat import changements, sources_gagnees
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.agenda.echeances import Echeance
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.site.simulateur.portes import Porte


def _annees(un: ContratDAide) -> list[dict[str, Any]]:
    """The rows of the table."""
    return [
        {
            "rang": une.annee.rang,
            "du": une.annee.du,
            "au": une.annee.au,
            "aide": aide_en_clair(un, une),
            "inconnue": une.recu is None,
            "objectifs": une.annee.module_par_objectifs,
            "cout": cout_en_clair(une),
            "reste": reste_en_clair(une),
        }
        for une in un.annees
    ]


def _devoir(une: Echeance) -> dict[str, Any]:
    """One clock as a card: its day, what it asks, and each reading when they differ."""
    return {
        "titre": une.titre,
        "quand": quand(une),
        "ouvre": a_faire_avant(une),
        "condition": condition(une),
        "rivales": une.rivales,
        "lectures": une.de_la_plus_proche,
    }


def _en_attente(
    une: Echeance, parcours: ParcoursDeQuestions[ContratDAide], porte: Porte, question: str
) -> dict[str, Any]:
    """One clock that has no day yet: what it waits for, and where to answer."""
    return {
        "titre": une.titre,
        "regles": list(dict.fromkeys(un.motif.etape.regle.titre for un in une.lectures)),
        "attend": a_repondre(parcours, porte, question, une.manquants),
        "citations": [citation for un in une.lectures for citation in un.motif.citations],
    }


def _periodes(un: ContratDAide) -> Iterator[dict[str, Any]]:
    """The line of time: before, each year, after."""
    if un.avant:
        titre = "Avant le contrat" if un.annees else "Les dates connues"
        yield {"titre": titre, "devoirs": [_devoir(une) for une in un.avant]}
    for une in un.annees:
        yield {
            "titre": f"Année {une.annee.rang}",
            "devoirs": [_devoir(echeance) for echeance in une.echeances],
            "du": une.annee.du,
            "au": une.annee.au,
            "aide": aide_en_clair(un, une),
            "sources": une.annee.citations or un.sources_du_contrat,
        }
    if un.apres:
        yield {"titre": "Après les cinq ans", "devoirs": [_devoir(une) for une in un.apres]}


def contexte_du_contrat(
    parcours: ParcoursDeQuestions[ContratDAide],
    porte: Porte,
    dit: ParcoursDeQuestions[ContratDAide] | None = None,
) -> dict[str, Any]:
    """The context of the page; `dit` is what was said, where the answer is that of a « what if »."""
    un = parcours.reponse
    question, adresse = reverse("aide"), reverse("aide-resultat")
    requete = parcours.requete()
    conditions, vises = un.conditions, objectifs(un)
    return {
        "porte": porte,
        "hypothese": dit and hypothese.encart(dit, parcours, adresse, phrase(dit.reponse)),
        "phrase": phrase(un),
        "aide": un.aide,
        "version": un.aide.base.question.mots.get(un.aide.version or "", ""),
        "escalier": dessiner(un),
        "annees": _annees(un),
        "contrats": un.contrats,
        "sources_des_annees": un.sources_des_annees,
        "pour_les_annees": a_repondre(parcours, porte, question, manquants_des_annees(un.annees)),
        "sans_cout": un.cout is None,
        "pour_le_cout": a_repondre(parcours, porte, question, ["salaire_charge_mensuel_cents"]),
        "periodes": list(_periodes(un)),
        "deux_voies": DEUX_VOIES if un.deux_voies else "",
        "en_attente": [_en_attente(une, parcours, porte, question) for une in un.sans_jour],
        "datees": un.datees,
        "objectifs": vises,
        "pour_les_objectifs": a_repondre(
            parcours, porte, question, vises.manquants if vises else ()
        ),
        "restent": [un_ for un_ in conditions if un_.etape.issue != "oui"],
        "remplies": [un_ for un_ in conditions if un_.etape.issue == "oui"],
        "alertes": [{"alerte": une, "sources": un.aide.sources_de(une)} for une in un.aide.alertes],
        "changements": changements(
            parcours, adresse, ((b, b.en_clair(SUITE)) for b in un.aide.pour_changer)
        ),
        "sources_des_changements": sources_gagnees(
            un.aide.base, un.aide.conclusion.etabli, un.aide.pour_changer
        ),
        "suite": f"{question}?{requete}" if parcours.question else "",
        "manquants": a_repondre(parcours, porte, question, un.manquants),
        "a_preciser": a_repondre(parcours, porte, question, un.a_preciser),
        "vie": un.vie,
        "faits": dites(parcours, porte, question),
        "requete": requete,
        "adresse": adresse_entiere(f"{adresse}?{requete}"),
        "positionner": f"{reverse('question', args=[porte.code])}?{requete}",
    }
