"""What the result page shows, in the order one needs it: the answer, what to do, what would change it, then proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from binome.regles.calendrier import MOIS_DE_L_ANNEE, duree_en_clair
from binome.regles.metiers.annonce import barres, forfait, phrase, raisons
from binome.site.financement import visite
from binome.site.simulateur import hypothese
from binome.site.simulateur.calendrier import calendrier
from binome.site.simulateur.etape import a_repondre, dites
from binome.site.simulateur.heures import dessiner_les_heures
from binome.site.simulateur.maintenant import maintenant
from binome.site.simulateur.vie import vie
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.machine_a_remonter import aujourd_hui

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from binome.regles.basculer import Bascule
    from binome.regles.base import Base
    from binome.regles.compiler import Etabli
    from binome.regles.metiers.positionnement import Positionnement, PourChanger
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
        {"texte": texte, "voir": f"{adresse}?{hypothese.si(parcours, bascule)}"}
        for bascule, texte in textes
    ]


def _en_bref(un: PourChanger, comptees: int | None) -> str:
    """What a change comes to, in the few words that one reads first; empty when they say nothing more."""
    faits, minutes = un.bascule.faits, un.bascule.minutes
    if un.voie is not None or minutes is None or comptees is None or minutes >= comptees:
        return ""
    moins = f"{duree_en_clair(comptees - minutes)} de moins"
    entree = faits.get("date_entree")
    if entree is None:
        return moins
    return f"Commencer en {_mois(entree)} : {moins}"


def _mois(jour: Any) -> str:
    le: date = jour
    return f"{MOIS_DE_L_ANNEE[le.month - 1]} {le.year}"


def _changements(
    parcours: ParcoursDeQuestions[Positionnement], porte: Porte
) -> list[dict[str, str]]:
    reponse = parcours.reponse
    resultat, comparer = (reverse(nom, args=[porte.code]) for nom in ("resultat", "comparer-deux"))
    lignes = []
    for un in reponse.pour_changer:
        suppose = hypothese.si(parcours, un.bascule)
        lignes.append(
            {
                "bref": _en_bref(un, reponse.comptees),
                "texte": un.texte,
                "voir": f"{resultat}?{suppose}",
                "comparer": f"{comparer}?{suppose}",
            }
        )
    return lignes


def sources_gagnees(base: Base, avant: Etabli, bascules: Iterable[Bascule]) -> list[Citation]:
    """Where the better answers come from: the rules that each change makes true, and their hours."""
    citations = []
    for bascule in bascules:
        apres = bascule.etabli.verites
        gagnees = [un for un, vrai in apres.items() if vrai and not avant.verites.get(un)]
        citations += [citation for un in gagnees for citation in base.regles[un].sources]
    return citations


def partager(titre: str, adresse: str) -> dict[str, str]:
    """The addresses that send an answer by mail or by message, from the visitor's own device."""
    corps = f"{titre}\n\n{adresse}"
    return {
        "courriel": "mailto:?"
        + urlencode({"subject": "Une réponse de Binôme", "body": corps}).replace("+", "%20"),
        "message": "sms:?" + urlencode({"body": corps}).replace("+", "%20"),
    }


def signaler(quoi: str, empreinte: str) -> str:
    """The address that tells the team of a wrong answer, without what the person said; empty without a contact."""
    if not settings.CONTACT.startswith("mailto:"):
        return settings.CONTACT
    corps = f"Réponse : {quoi}. Base : {empreinte[:19]}.\n\nCe qui me paraît faux, et pourquoi :\n"
    dits = urlencode({"subject": "Une erreur dans une réponse", "body": corps}).replace("+", "%20")
    return f"{settings.CONTACT}?{dits}"


def contexte_du_resultat(
    parcours: ParcoursDeQuestions[Positionnement],
    porte: Porte,
    request: Demande,
    dit: ParcoursDeQuestions[Positionnement] | None = None,
) -> dict[str, Any]:
    """The context of the result page; `dit` is what was said, where the answer is that of a « what if »."""
    reponse = parcours.reponse
    adresse = reverse("resultat", args=[porte.code])
    question = reverse("question", args=[porte.code])
    referentiel = reponse.referentiel
    alertes = _alertes(reponse)
    dite = phrase(reponse, tiers=porte.tiers)
    heures = dessiner_les_heures(reponse)
    suites = maintenant(reponse, porte, aujourd_hui())
    pose = calendrier(reponse, request.GET)
    financement = visite.lire(hypothese.vue(request.GET)).reponse
    entiere = adresse_entiere(f"{adresse}?{parcours.requete()}")
    return {
        "porte": porte,
        "reponse": reponse,
        "phrase": dite,
        "referentiel": referentiel,
        "sources_du_jour": _sources_du_jour(reponse),
        "hypothese": dit
        and hypothese.encart(
            dit,
            parcours,
            adresse,
            phrase(dit.reponse, tiers=porte.tiers),
            f"{reverse('comparer-deux', args=[porte.code])}?{request.GET.urlencode()}",
        ),
        "maintenant": suites,
        "sources_des_etapes": [citation for une in suites for citation in une["sources"]],
        "heures": heures,
        "vie": vie(
            reponse.au,
            reponse.minutes["total"],
            heures.incertaines if heures else 0,
            pose.plan if pose else None,
        ),
        "epreuves": referentiel.epreuves if referentiel and reponse.voie == "cqp" else (),
        "raisons": _raisons(reponse),
        "urgence": next((un for un in alertes if un["alerte"].code == EMPLOYEUR), None),
        "alertes": [un for un in alertes if un["alerte"].code != EMPLOYEUR],
        "blocs": list(barres(reponse)) if heures else (),
        "forfait": forfait(reponse),
        "en_moins": (reponse.minutes["dispensees"] or 0)
        + (reponse.minutes["evaluations_dispensees"] or 0),
        "changements": _changements(parcours, porte),
        "vers_comparer": f"{reverse('comparer-deux', args=[porte.code])}?{parcours.requete()}",
        "vers_deux_personnes": f"{reverse('comparer-deux', args=[porte.code])}?{parcours.requete()}"
        f"&{hypothese.PERSONNES}={hypothese.DEUX}"
        if porte.tiers
        else "",
        "faits": dites(parcours, porte, question),
        "manquants": a_repondre(parcours, porte, question, reponse.manquants),
        "adresse": entiere,
        "partager": partager(dite, entiere),
        "signaler": signaler(reponse.voie, reponse.base.empreinte),
        "requete": parcours.requete(),
        "requete_entiere": request.GET.urlencode(),
        "cachees": list(parcours.paires()),
        "calendrier": pose,
        "sources_des_changements": sources_gagnees(
            reponse.base, reponse.conclusion.etabli, (un.bascule for un in reponse.pour_changer)
        ),
        "qui_paie": visite.phrase(financement),
        "qui_paie_suite": visite.suite(financement),
        "vers_le_financement": f"{reverse('qui-paie', args=[porte.code])}?{parcours.requete()}",
        "vers_l_aide": f"{reverse('aide')}?{parcours.requete()}" if porte.aide else "",
    }
