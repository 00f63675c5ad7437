"""Where the numbers of an answer come from, and what is not known of them: one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from binome.projection.leviers import NON_CHIFFRABLE
from binome.projection.loi import loi
from binome.projection.parametres import GRADES, observations, parametres, recommandations
from binome.projection.registre import dites
from binome.projection.signatures import points
from binome.projection.tirages import cale, posterieur
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.projection.demande import DemandeDeProjection
    from binome.projection.parametres import Inconnue, Point

FAMILLES_DITES: Final = {
    "A": "le stock de la CNAM et du baromètre de l’État",
    "B": "le cumul de l’IGAS et des URPS",
}
CLASSES_DITES: Final = {
    "exacte": "effet exact",
    "bornee": "effet borné",
    "elasticite": "élasticité, pas un effet",
    NON_CHIFFRABLE: "non chiffrable, aucune courbe ne bouge",
}
SERIES_DITES: Final = {"personnes": "Personnes", "entrees": "Entrées", "certifies": "Certifiées"}
CHAMPS_DITS: Final = {
    "minutes_cqp": "les heures du CQP",
    "minutes_secretaire": "la dispense des secrétaires",
    "minutes_secretaire_ancienne": "la dispense des secrétaires avec ancienneté",
    "minutes_fae": "les heures de la FAE",
    "pedagogie_cents": "le taux horaire de l’Opco",
    "salaire_cents": "la part de salaire",
    "duree_cqp_mois": "la durée du CQP",
    "delai_entree_mois": "le délai d’entrée",
}


def sources(demande: DemandeDeProjection) -> Iterator[str]:
    """What an answer stands on, in the order in which it is read."""
    yield from sources_generales(demande)
    for nom in demande.reformes:
        une = recommandations().get(nom)
        if une is None:
            yield f"{nom} : variante écrite dans les règles ; elle change ce que les règles changent."
        else:
            yield f"{nom} ({CLASSES_DITES[une.classe]}) : {une.titre}. {une.dit}"
    yield _de_l_argent(demande)
    yield from (_d_une_inconnue(une, demande) for une in parametres().values())


def sources_generales(demande: DemandeDeProjection) -> Iterator[str]:
    """The counts, the fit and the rules that an answer stands on."""
    vus = points(demande.famille, demande.au)
    yield (
        f"Contrats : famille {demande.famille}, {FAMILLES_DITES[demande.famille]} ; l’autre famille n’y est pas mêlée. "
        + (
            f"Dernier point connu : {vus[-1].valeur:.0f} le {date_en_clair(vus[-1].jour)} ({vus[-1].d_ou})."
            if vus
            else f"Aucun point n’est connu : l’allure est celle de l’objectif de 4 000 ({observations().cible_2022.d_ou})."
        )
    )
    yield (
        "Inconnues calées sur 2019-2022. "
        + " ".join(
            f"{SERIES_DITES[un.serie]}{_de_l_annee(un)} : {un.valeur:.0f} ({un.d_ou})."
            for un in observations().calage
        )
        if cale(demande.au)
        else "À cette date, rien ne permet encore de caler les inconnues : leurs lois sont celles d’avant les comptes."
    )
    yield from _de_la_loi(demande)


def _de_l_annee(un: Point) -> str:
    return "" if un.du is None else f" de {un.du.year}"


def _de_la_loi(demande: DemandeDeProjection) -> Iterator[str]:
    du_jour, muets = loi(demande.au)
    yield (
        f"Règles du {date_en_clair(demande.au)}, gardées ensuite : CQP de {du_jour.minutes_cqp / 60:g} h, "
        f"FAE de {du_jour.minutes_fae / 60:g} h, entrée dans les {du_jour.delai_entree_mois} mois."
    )
    if muets:
        dits = ", ".join(CHAMPS_DITS[nom] for nom in muets)
        yield f"Les règles ne disent pas, à cette date : {dits}. Le dernier chiffre connu, ou une hypothèse, en tient lieu."


def _de_l_argent(demande: DemandeDeProjection) -> str:
    posees = demande.posees
    if "igas-17" in demande.reformes:
        return "Argent : la recommandation 17 l’accorde ; il ne retient aucune entrée."
    if "argent_annuel_euros" not in posees and "reserve_euros" not in posees:
        return (
            "Argent : aucune source ne donne ce que l’Opco peut engager, et rien n’est retenu. Donnez argent_annuel_euros et "
            "reserve_euros : toute conclusion sur les recommandations 9, 12 et 17 en dépend."
        )
    return (
        f"Argent, votre hypothèse : {posees.get('argent_annuel_euros', 0):.0f} € par an et "
        f"{posees.get('reserve_euros', 0):.0f} € de réserve."
    )


def _d_une_inconnue(une: Inconnue, demande: DemandeDeProjection) -> str:
    if une.nom in demande.posees:
        return f"{une.nom} : {_nombre(demande.posees[une.nom])}, en {une.unite}, votre hypothèse."
    d_ou = f" ({dites(une.sources)})" if une.sources else ""
    return f"{une.nom}, {GRADES[une.grade]} : {dire_une_inconnue(une, demande)}, en {une.unite}{d_ou}. {une.note}"


def dire_une_inconnue(une: Inconnue, demande: DemandeDeProjection) -> str:
    """What is known of a parameter on the day of a question: its value, or its range."""
    if une.valeurs:
        return _nombre(une.le(demande.au))
    genre, bas, haut = une.loi(demande.famille)
    if genre == "fixe":
        return _nombre(bas)
    dite = f"{_nombre(bas)} à {_nombre(haut)}" + (
        " (huit fois sur dix)" if genre == "lognormale" else ""
    )
    if not (une.cale and cale(demande.au)):
        return dite
    bas, haut = np.quantile(posterieur(demande.famille)[une.nom], (0.1, 0.9))
    return f"{_nombre(bas)} à {_nombre(haut)} huit fois sur dix, calé ({dite} avant)"


def _nombre(valeur: float) -> str:
    return f"{valeur:.3g}".replace(".", ",") if abs(valeur) < 1000 else f"{valeur:.0f}"
