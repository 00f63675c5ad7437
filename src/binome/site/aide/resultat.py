"""What the page of five years shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from binome.agenda.annonce import (
    DEUX_VOIES,
    a_faire_avant,
    condition,
    objectifs,
    phrase,
    quand,
)
from binome.agenda.contrat_d_aide import manquants_des_annees
from binome.regles.calendrier import MOIS_DE_L_ANNEE, date_en_clair, montant_en_clair
from binome.regles.courante import base_courante
from binome.regles.metiers.aide import SUITE
from binome.regles.metiers.annonce import phrase as phrase_du_positionnement
from binome.site.aide.image import dessiner
from binome.site.aide.maintenant import maintenant
from binome.site.aide.montants import annees, brut_de, total
from binome.site.financement import visite
from binome.site.simulateur import hypothese
from binome.site.simulateur.etape import a_repondre, dites
from binome.site.simulateur.parcours import lire as lire_le_positionnement
from binome.site.simulateur.resultat import changements, partager, signaler, sources_gagnees
from binome.site.simulateur.vie import vie
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.machine_a_remonter import aujourd_hui
from binome.typographie import majuscule

if TYPE_CHECKING:
    from django.http import QueryDict

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.agenda.echeances import Echeance
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.site.simulateur.portes import Porte

ANNIVERSAIRE: Final = "anniversaire"
CALENDRIER: Final = "vie.versement-2023"
"""The rule that gives the calendar of the payments: the first year whole, the second at its day, then by halves."""
ANNEE_ENTIERE: Final = 2


def devoir(une: Echeance) -> dict[str, Any]:
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


def _dus(un: ContratDAide) -> list[dict[str, Any]]:
    """What is due, the nearest first; on an anniversary nothing is, but the payment told apart."""
    return [devoir(une) for une in un.datees if une.code != ANNIVERSAIRE]


def _versements(un: ContratDAide) -> dict[str, Any] | None:
    """When each year's aid comes, where a source gives the calendar; None elsewhere."""
    dit = next((motif for motif in un.vie if motif.etape.regle.id == CALENDRIER), None)
    connues = [une for une in un.annees if une.recu is not None]
    if dit is None or dit.etape.issue != "oui" or not connues or not un.ouvert:
        return None
    lignes = []
    for une in connues:
        recu, du = une.recu or 0, une.annee.du
        mois = f"{MOIS_DE_L_ANNEE[du.month - 1]} {du.year}"
        if une.annee.rang == 1:
            quand, combien = f"{mois}, le mois du contrat", montant_en_clair(recu)
        elif une.annee.rang == ANNEE_ENTIERE:
            quand, combien = f"Le {date_en_clair(du)}, à l’anniversaire", montant_en_clair(recu)
        else:
            quand = f"Dans l’année {une.annee.rang}, en deux fois"
            combien = f"{montant_en_clair(recu // 2)} chaque fois, au plus"
        lignes.append({"quand": majuscule(quand), "combien": combien})
    return {"lignes": lignes, "sources": dit.citations}


def _absence(requete: QueryDict) -> dict[str, Any] | None:
    """The training of the person, where the address holds enough of it; None elsewhere."""
    if "diplomes" not in requete or "date_entree" not in requete:
        return None
    lu = lire_le_positionnement(base_courante(), requete)
    reponse = lu.reponse
    dite = None if lu.refus else vie(reponse.au, reponse.minutes["total"], 0, None)
    if dite is None:
        return None
    return {
        "phrase": phrase_du_positionnement(reponse, tiers=True),
        "jours": dite.jours,
        "quand": dite.quand,
        "qui_paie": visite.phrase(visite.lire(requete).reponse),
    }


def contexte_du_contrat(
    parcours: ParcoursDeQuestions[ContratDAide],
    porte: Porte,
    requete_lue: QueryDict,
    dit: ParcoursDeQuestions[ContratDAide] | None = None,
) -> dict[str, Any]:
    """The context of the page; `dit` is what was said, where the answer is that of a « what if »."""
    un = parcours.reponse
    question, adresse = reverse("aide"), reverse("aide-resultat")
    requete = parcours.requete()
    vue = hypothese.vue(requete_lue)
    brut, refus = brut_de(vue, un.base.faits["salaire_charge_mensuel_cents"])
    brut = brut if un.cout is None else None
    entiere = adresse_entiere(f"{adresse}?{requete}")
    conditions, vises = un.conditions, objectifs(un)
    comparer = reverse("aide-comparer")
    suites = maintenant(un, aujourd_hui())
    # A gross wage is no answer to a question: it is carried beside them.
    avec_le_brut = urlencode({"brut": vue["brut"]}) if brut is not None else ""
    return {
        "porte": porte,
        "hypothese": dit
        and hypothese.encart(
            dit,
            parcours,
            adresse,
            phrase(dit.reponse),
            f"{comparer}?{requete_lue.urlencode()}",
        ),
        "maintenant": suites,
        "sources_des_etapes": [citation for une in suites for citation in une["sources"]],
        "vers_comparer": f"{comparer}?{'&'.join(un for un in (requete, avec_le_brut) if un)}",
        "phrase": phrase(un),
        "aide": un.aide,
        "version": un.aide.base.question.mots.get(un.aide.version or "", ""),
        "escalier": dessiner(un),
        "annees": annees(un, brut),
        "total": total(un, un.cout, brut),
        "versements": _versements(un),
        "absence": _absence(vue),
        "brut": "" if brut is None else montant_en_clair(brut // 12),
        "brut_saisi": vue.get("brut", ""),
        "brut_refuse": refus,
        "cachees": list(parcours.paires()),
        "vers_le_financement": f"{reverse('qui-paie', args=[porte.code])}?{requete}",
        "partager": partager(phrase(un), entiere),
        "signaler": signaler("aide à l’embauche", un.aide.base.empreinte),
        "contrats": un.contrats,
        "sources_des_annees": un.sources_des_annees,
        "pour_les_annees": a_repondre(parcours, porte, question, manquants_des_annees(un.annees)),
        "sans_cout": un.cout is None,
        "pour_le_cout": a_repondre(parcours, porte, question, ["salaire_charge_mensuel_cents"]),
        "dus": _dus(un),
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
        "adresse": entiere,
        "positionner": f"{reverse('question', args=[porte.code])}?{requete}",
    }
