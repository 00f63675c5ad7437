"""One search over what the site knows: tasks, rules, discrepancies, organisations, words of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from binome.formations.lecture import organismes
from binome.formations.recherche import departement_de, filtrer
from binome.formations.territoires import departements
from binome.habillage.sigles import lexique
from binome.pliage import plier
from binome.regles.ecarts import ecarts
from binome.regles.recherche import chercher
from binome.site.regles.catalogue import groupes
from binome.site.regles.saisie import mots_de, trouve
from binome.site.simulateur.portes import PORTES
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from django.http import HttpResponse

    from binome.socle.demande import Demande

PREMIERS: Final = 6
"""Results shown of each kind: the page of the kind has them all."""


PAGES: Final = (
    ("Vérifier un titre", "Un parchemin, une attestation ou un badge que l’on vous montre.",
     "vérifier authentifier authentique un le mon son ce titre diplôme parchemin certificat attestation badge CQP", "verifier"),
    ("Cinq ans d’aide à l’embauche", "L’aide de l’Assurance Maladie, le coût du poste et les échéances, année par année.",
     "aide embauche emploi embaucher salaire coût coûter combien cabinet cinq ans assurance maladie contrat poste prime subvention", "aide"),
    ("Qui paie la formation", "Ce que paie chaque voie, heure par heure, et ce que personne ne sait.",
     "qui paie payer financement financer prise en charge opco cpf formation gratuite prix coût argent", "financement"),
)  # fmt: skip
"""Pages that answer by doing: their title, what they do, the words that they are looked for by, their address."""
MOTS_DES_PORTES: Final = {
    "candidat": "mes heures combien durée formation cqp fae dispense attendre",
    "employeur": "embaucher salarié employer absence médecin",
    "organisme": "positionner candidat candidate",
}
"""The words, besides their own, that the doors are looked for by."""


def _pages(mots: str) -> list[dict[str, Any]]:
    portes = [
        {"titre": une.titre, "texte": une.promesse, "vers": reverse("question", args=[une.code])}
        for une in PORTES.values()
        if trouve(mots, une.titre, une.promesse, MOTS_DES_PORTES[une.code])
    ]
    return portes + [
        {"titre": titre, "texte": texte, "vers": reverse(nom)}
        for titre, texte, cherches, nom in PAGES
        if trouve(mots, titre, texte, cherches)
    ]


def _taches(mots: str) -> list[dict[str, Any]]:
    trouvees = chercher(mots)
    # What is near is proposed without its answer: a wrong yes costs more than none.
    return [
        {
            "titre": une.tache,
            "texte": une.reponse,
            "vers": reverse("mission", args=[une.code]),
            "sources": une.sources,
        }
        for une in trouvees.reponses
    ] + [
        {"titre": une.tache, "texte": "", "vers": reverse("mission", args=[une.code])}
        for une in trouvees.propositions
    ]


def _regles(mots: str, request: Demande) -> list[dict[str, Any]]:
    return [
        {
            "titre": une.regle.titre,
            "texte": une.dit,
            "vers": reverse("regle", args=[une.regle.id]),
            "sources": une.regle.sources,
        }
        for groupe in groupes(jour_de(request), mots)
        for une in groupe.du_jour
    ]


def _departements(mots: str) -> list[dict[str, Any]]:
    """The départements of a name, a number or a postal code, each with who trains there."""
    code = departement_de(plier(mots))
    return [
        {
            "titre": f"Se former : {un.nom} ({un.code})",
            "texte": "Les organismes que nous y connaissons, et les plus proches.",
            "vers": f"{reverse('organismes')}?departement={un.code}",
        }
        for un in departements().values()
        if un.code == code or trouve(mots, un.nom)
    ]


def _organismes(mots: str) -> list[dict[str, Any]]:
    return [
        {
            "titre": un.nom,
            "texte": ", ".join(site.lieu for site in un.sites),
            "vers": reverse("organisme", args=[un.slug]),
        }
        for un in filtrer(organismes(), texte=mots)
    ]


def _ecarts(mots: str) -> list[dict[str, Any]]:
    return [
        {
            "titre": un.sujet,
            "texte": "",
            "vers": f"{reverse('ecarts')}#{un.id}",
            "sources": [citation for lecture in un.lectures for citation in lecture.sources],
        }
        for un in ecarts()
        if trouve(mots, un.sujet, un.traitement, *(lecture.valeur for lecture in un.lectures))
    ]


@require_safe
def recherche(request: Demande) -> HttpResponse:
    """What is found of each kind, the first of each; the page says where the rest is."""
    mots = mots_de(request.GET)
    sortes: list[tuple[str, list[dict[str, Any]], str]] = []
    if mots:
        sortes = [
            ("Ce que vous pouvez faire ici", _pages(mots), ""),
            ("Les gestes et les tâches", _taches(mots), reverse("missions")),
            ("Les règles du jour", _regles(mots, request), reverse("regles")),
            ("Les départements", _departements(mots), ""),
            ("Les organismes", _organismes(mots), ""),
            ("Là où les sources divergent", _ecarts(mots), reverse("ecarts")),
        ]
    contexte = {
        "mots": mots,
        "sigles": [(nom, dit) for nom, dit in lexique().items() if mots and trouve(mots, nom, dit)],
        "sortes": [
            {
                "titre": titre,
                "trouves": trouves[:PREMIERS],
                "restent": max(0, len(trouves) - PREMIERS),
                "tout": f"{tout}?q=" if tout else "",
            }
            for titre, trouves, tout in sortes
            if trouves
        ],
    }
    return render(request, "pages/chercher.html", contexte)
