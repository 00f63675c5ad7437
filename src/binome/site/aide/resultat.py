"""What the page of five years shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from binome.agenda.annonce import (
    DEUX_VOIES,
    INCONNU,
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
from binome.habillage.saisie import lire_saisie
from binome.regles.calendrier import MOIS_DE_L_ANNEE, date_en_clair, montant_en_clair
from binome.regles.courante import base_courante
from binome.regles.metiers.aide import SUITE
from binome.regles.metiers.annonce import phrase as phrase_du_positionnement
from binome.site.aide.image import dessiner
from binome.site.financement import visite
from binome.site.simulateur import hypothese
from binome.site.simulateur.etape import a_repondre, dites
from binome.site.simulateur.parcours import lire as lire_le_positionnement
from binome.site.simulateur.resultat import changements, partager, sources_gagnees
from binome.site.simulateur.vie import vie
from binome.socle.adresse_du_site import adresse_entiere
from binome.typographie import majuscule

if TYPE_CHECKING:
    from django.http import QueryDict

    from binome.agenda.contrat_d_aide import AnneeDuContrat, ContratDAide
    from binome.agenda.echeances import Echeance
    from binome.regles.faits import DefinitionDeFait
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.site.simulateur.portes import Porte

ANNIVERSAIRE: Final = "anniversaire"
CALENDRIER: Final = "vie.versement-2023"
"""The rule that gives the calendar of the payments: the first year whole, the second at its day, then by halves."""
ANNEE_ENTIERE: Final = 2
SELON: Final = "selon les cotisations"
"""What is left of an aid that is more than a gross wage: nobody knows, before the employer's own contributions."""


def _reste(une: AnneeDuContrat, brut: int | None) -> str:
    """What is left of a year: a least where the aid is a most, or the cost a least."""
    if une.cout is None and brut is not None and une.recu is not None:
        reste = brut - une.recu
        return f"au moins {montant_en_clair(reste)}" if reste > 0 else SELON
    dit = reste_en_clair(une)
    au_moins = une.annee.module_par_objectifs and une.reste is not None and une.reste > 0
    return f"au moins {dit}" if au_moins else dit


def _annees(un: ContratDAide, brut: int | None) -> list[dict[str, Any]]:
    """The rows of the table; `brut` is a gross wage by the year, where the whole cost is not known."""
    return [
        {
            "rang": une.annee.rang,
            "du": une.annee.du,
            "au": une.annee.au,
            "aide": aide_en_clair(un, une),
            "objectifs": une.annee.module_par_objectifs,
            "cout": cout_en_clair(une)
            if une.cout is not None or brut is None
            else f"au moins {montant_en_clair(brut)}",
            "reste": _reste(une, brut),
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


def _dus(un: ContratDAide) -> list[dict[str, Any]]:
    """What is due, the nearest first; on an anniversary nothing is, but the payment told apart."""
    return [_devoir(une) for une in un.datees if une.code != ANNIVERSAIRE]


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


def _total(un: ContratDAide, cout: int | None, brut: int | None) -> dict[str, str]:
    """The row of the five years together: what is left is a least, since the aid is a most."""
    entier = None if un.total is None else montant_en_clair(un.total)
    couts = cout if cout is not None else brut
    if not un.annees or couts is None:
        return {"aide": entier or INCONNU, "cout": INCONNU, "reste": INCONNU}
    somme = couts * len(un.annees)
    au_moins = "" if cout is not None else "au moins "
    if un.total is None:
        return {"aide": INCONNU, "cout": f"{au_moins}{montant_en_clair(somme)}", "reste": INCONNU}
    reste = somme - un.total
    if reste <= 0:
        dit = "rien" if cout is not None else SELON
    else:
        ferme = cout is not None and not any(une.annee.module_par_objectifs for une in un.annees)
        dit = f"{'' if ferme else 'au moins '}{montant_en_clair(reste)}"
    return {
        "aide": entier or INCONNU,
        "cout": f"{au_moins}{montant_en_clair(somme)}",
        "reste": dit,
    }


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


def _brut(requete: QueryDict, fait: DefinitionDeFait) -> tuple[int | None, str]:
    """A gross wage by the year, in cents, as it was typed; and why it cannot be read."""
    saisi = requete.get("brut", "").strip()
    if not saisi:
        return None, ""
    try:
        lu = lire_saisie(fait, [saisi])
    except ValueError as raison:
        return None, f"{majuscule(str(raison))}."
    return (12 * lu if isinstance(lu, int) else None), ""


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
    brut, refus = _brut(vue, un.base.faits["salaire_charge_mensuel_cents"])
    brut = brut if un.cout is None else None
    entiere = adresse_entiere(f"{adresse}?{requete}")
    conditions, vises = un.conditions, objectifs(un)
    return {
        "porte": porte,
        "hypothese": dit and hypothese.encart(dit, parcours, adresse, phrase(dit.reponse)),
        "phrase": phrase(un),
        "aide": un.aide,
        "version": un.aide.base.question.mots.get(un.aide.version or "", ""),
        "escalier": dessiner(un),
        "annees": _annees(un, brut),
        "total": _total(un, un.cout, brut),
        "versements": _versements(un),
        "absence": _absence(vue),
        "brut": "" if brut is None else montant_en_clair(brut // 12),
        "brut_saisi": vue.get("brut", ""),
        "brut_refuse": refus,
        "cachees": list(parcours.paires()),
        "vers_le_financement": f"{reverse('qui-paie', args=[porte.code])}?{requete}",
        "partager": partager(phrase(un), entiere),
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
