"""What the page of five years says on paper, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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
from binome.agenda.contrat_d_aide import datee
from binome.impression import commun
from binome.impression.renvois import Renvois
from binome.regles.calendrier import date_en_clair, montant_en_clair
from binome.regles.metiers.aide import SUITE

if TYPE_CHECKING:
    from datetime import date

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.agenda.echeances import Echeance, LectureDEcheance

MENTION: Final = "Réponse informative : la CPAM signe et verse l’aide, son contrat fait foi."


def _regles(un: ContratDAide) -> str:
    signature = un.aide.signature
    if signature is None:
        return "Sans date de signature, nous ne savons pas quelles règles s’appliquent."
    version = un.aide.base.question.mots.get(un.aide.version or "", "")
    suite = f", sous {version}" if version else ""
    return f"Contrat du {date_en_clair(signature)}{suite}."


def _annees(un: ContratDAide, renvois: Renvois) -> dict[str, Any] | None:
    if not un.annees:
        return None
    montants = [x for une in un.annees for x in (une.recu, une.cout) if x is not None]
    lignes = [
        {
            "titre": f"Année {une.annee.rang}",
            "du": date_en_clair(une.annee.du),
            "au": date_en_clair(une.annee.au),
            "recu": une.recu,
            "montant": "inconnu" if une.recu is None else montant_en_clair(une.recu),
            "aide": aide_en_clair(un, une),
            "objectifs": une.annee.module_par_objectifs,
            "cout": cout_en_clair(une),
            "reste": reste_en_clair(une),
        }
        for une in un.annees
    ]
    dits = [f"{ligne['titre']} : {ligne['aide']}" for ligne in lignes]
    return {
        "lignes": lignes,
        "maximum": max([*montants, 1]),
        "cout": un.cout,
        "description": f"L’aide au plus. {' ; '.join(dits)}.",
        "contrats": un.contrats,
        "renvois": renvois.cles(un.sources_des_annees),
    }


def _texte(une: Echeance, lecture: LectureDEcheance) -> str:
    """One reading: its day when they differ, its rule alone while no day can be told."""
    if not datee(une):
        return f"{lecture.motif.etape.regle.titre}."
    jour = f"{date_en_clair(lecture.jour)} : " if une.rivales and lecture.jour else ""
    return f"{jour}{lecture.motif.texte}"


def _echeance(une: Echeance, renvois: Renvois) -> dict[str, Any]:
    return {
        "quand": quand(une),
        "titre": une.titre,
        "avant": [texte for texte in (condition(une), a_faire_avant(une)) if texte],
        "rivales": une.rivales and datee(une),
        "lectures": [
            {"texte": _texte(une, lecture), "renvois": renvois.cles(lecture.motif.citations)}
            for lecture in une.de_la_plus_proche
        ],
    }


def contenu_du_contrat(un: ContratDAide, *, edite_le: date, adresse: str) -> dict[str, Any]:
    """Every text of the page, with plain spaces, and its sources numbered."""
    renvois = Renvois()
    vises = objectifs(un)
    questions = un.base.faits
    dit = {
        "titre": "Cinq ans d’aide et d’échéances",
        "phrase": phrase(un),
        "regles": _regles(un),
        "faits": commun.faits(un.base, un.dossier),
        "annees": _annees(un, renvois),
        "echeances": [_echeance(une, renvois) for une in (*un.datees, *un.sans_jour)],
        "deux_voies": DEUX_VOIES if un.deux_voies else "",
        "objectifs": None
        if vises is None
        else {"phrases": list(vises.phrases), "renvois": renvois.cles(vises.sources)},
        "raisons": commun.raisons(un.conditions, renvois),
        "vie": commun.raisons(un.vie, renvois),
        "alertes": commun.alertes(un.aide, renvois),
        "changements": [bascule.en_clair(SUITE) for bascule in un.aide.pour_changer],
        "manquants": [questions[nom].question for nom in un.manquants],
    }
    return commun.page(
        dit,
        renvois,
        base=un.aide.base,
        au=un.aide.signature,
        edite_le=edite_le,
        adresse=adresse,
        mention=MENTION,
    )
