"""The nine routes as a page shows them: the state, who is paid what, why, and what would open them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.regles.conditions import AConfirmer, parcourir
from binome.regles.dire import enumerer
from binome.regles.manquants import inconnus
from binome.regles.metiers.financement import POSTES, PREFIXE, SUITE
from binome.regles.quantites import compteur
from binome.regles.regle import NON, OUI
from binome.site.financement.baremes import (
    Case,
    a_une_formule,
    case,
    cellule,
    en_bref,
    nom_du_montant,
    rangs,
)
from binome.site.simulateur.resultat import changements, sources_gagnees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.regles.metiers.financement import Financement, VoieDeFinancement
    from binome.regles.motifs import Motif
    from binome.regles.sources import Citation
    from binome.site.simulateur.parcours import ParcoursDeQuestions

ETATS: Final = {"oui": "ouverte", "indetermine": "à vérifier", "non": "fermée"}
_VOUS: Final = "Vous recevez"
_EN_BREF: Final = 3
"""Names that a line says before it counts the others."""
TITRES: Final[Mapping[str, Mapping[str, str]]] = {
    "candidat": {
        "pedagogie": "L’organisme de formation reçoit",
        "salaire": "Votre employeur reçoit, pour le salaire",
        "annexes": "frais annexes",
        "reste_employeur": "reste à votre employeur",
        "reste_personne": "Il vous reste à payer",
    },
    "employeur": {
        "pedagogie": "L’organisme de formation reçoit",
        "salaire": f"{_VOUS}, pour le salaire",
        "annexes": "frais annexes",
        "reste_employeur": "reste à votre charge",
        "reste_personne": "Il reste à payer à la personne",
    },
    "organisme": {
        "pedagogie": f"{_VOUS}, pour la formation",
        "salaire": "L’employeur reçoit, pour le salaire",
        "annexes": "frais annexes",
        "reste_employeur": "reste à l’employeur",
        "reste_personne": "Il reste à payer à la personne",
    },
}
"""What each heading is called, for who comes through a door."""


class Exigence(NamedTuple):
    """A requirement: what it says, what it lacks, or who can tell."""

    motif: Motif
    texte: str
    manque: tuple[str, ...]
    aupres: tuple[str, ...]


def postes_comptes(un: Financement) -> list[str]:
    """The headings that one route at least knows how to count."""
    return [poste for poste in POSTES if any(a_une_formule(voie, poste) for voie in un.voies)]


def _raison(voie: VoieDeFinancement, motif: Motif) -> Exigence:
    regle = motif.etape.regle
    attendus = inconnus(voie.base).de_l_etape(motif.etape, voie.conclusion)
    manque = tuple(un.libelle for nom, un in voie.base.faits.items() if nom in attendus)
    aupres: tuple[str, ...] = ()
    if motif.etape.issue == "indetermine" and not manque:
        aupres = tuple(n.aupres for n in parcourir(regle.si) if isinstance(n, AConfirmer))
    return Exigence(motif, en_bref(motif), manque, aupres)


def _conditions(voie: VoieDeFinancement) -> list[Motif]:
    return [un for un in voie.motifs if un.etape.regle.table == voie.cible]


def formalites(voie: VoieDeFinancement) -> list[Motif]:
    """What is to be done and when, on a route that is not closed."""
    return [un for un in voie.motifs if un.etape.regle.table != voie.cible]


def _restent(voie: VoieDeFinancement) -> list[Motif]:
    """What refuses; else what is unknown: once refused, the unknown changes nothing."""
    cherchee = "non" if voie.issue == NON else "indetermine"
    return [un for un in _conditions(voie) if un.etape.issue == cherchee]


def en_peu_de_mots(noms: Sequence[str]) -> str:
    """A list that one says in one breath: past three, how many are left; each is named below."""
    if len(noms) <= _EN_BREF:
        return enumerer(noms)
    restent = len(noms) - _EN_BREF + 1
    return f"{', '.join(noms[: _EN_BREF - 1])} et {restent} autres renseignements"


def _pourquoi(voie: VoieDeFinancement, restent: list[Exigence]) -> list[str]:
    """The reasons in as few words as a column holds: what refuses, or what is waited for."""
    if not restent:
        return ["Toutes les conditions sont remplies."]
    if voie.issue == NON:
        return [un.texte for un in restent]
    manque = dict.fromkeys(nom for un in restent for nom in un.manque)
    dits = [f"Il manque : {en_peu_de_mots(list(manque))}."] if manque else []
    return dits + [un.texte for un in restent if not un.manque]


def _autres(voie: VoieDeFinancement) -> list[dict[str, Any]]:
    """The amounts of a route that are under no heading: the least wage of a contract, say."""
    connus = {nom_du_montant(voie, poste) for poste in POSTES}
    comptes = compteur(voie.base).compter(voie.conclusion.etabli, voie.conclusion.dossier)
    return [
        {"titre": montant.titre, "texte": montant.en_clair(valeur)}
        for nom, montant in voie.base.montants.items()
        if nom not in connus and (valeur := comptes[nom]) is not None
    ]


def _sources_des_montants(voie: VoieDeFinancement) -> list[Citation]:
    regles = [regle for poste in POSTES for regle in rangs(voie, poste)]
    return [citation for regle in regles for citation in regle.sources]


def montrer(
    voie: VoieDeFinancement, parcours: ParcoursDeQuestions[Financement], adresse: str, porte: str
) -> dict[str, Any]:
    """One route: a row of figures, and what stands behind them."""
    restent = [_raison(voie, un) for un in _restent(voie)]
    fermee = voie.issue == NON
    return {
        "code": voie.code,
        "ancre": voie.cible.removeprefix(PREFIXE),
        "titre": voie.titre,
        "issue": voie.issue,
        "etat": ETATS[voie.issue],
        "cases": [
            {"titre": TITRES[porte][poste], "case": case(voie, poste)}
            for poste in postes_comptes(parcours.reponse)
        ],
        "autres": [] if fermee else _autres(voie),
        "sources_des_montants": [] if fermee else _sources_des_montants(voie),
        "restent": restent,
        "pourquoi": _pourquoi(voie, restent),
        "remplies": [un for un in _conditions(voie) if un.etape.issue == "oui"],
        "formalites": [] if fermee else formalites(voie),
        "alertes": [{"alerte": une, "sources": voie.sources_de(une)} for une in voie.alertes],
        "changements": changements(
            parcours, adresse, ((un, un.en_clair(SUITE)) for un in voie.pour_changer)
        ),
        "sources_des_changements": sources_gagnees(
            voie.base, voie.conclusion.etabli, voie.pour_changer
        ),
    }


def une_phrase_chacune(un: Financement) -> list[dict[str, Any]]:
    """One sentence for each open route: what is done first, as its rule says."""
    ouvertes = [voie for voie in un.par_issue if voie.issue == OUI]
    dites = [(voie, next(iter(formalites(voie)), None)) for voie in ouvertes]
    return [
        {
            "ancre": voie.cible.removeprefix(PREFIXE),
            "titre": voie.titre,
            "texte": "" if dit is None else f": {dit.texte}",
            "sources": () if dit is None else dit.citations,
        }
        for voie, dit in dites
    ]


class Versement(NamedTuple):
    """What a training organisation is paid on a route, by the hour and in all, and when."""

    voie: str
    par_heure: str
    total: Case
    quand: tuple[Motif, ...]
    citations: tuple[Citation, ...]


def versements(un: Financement) -> list[Versement]:
    """What the organisation is paid, on each route that is not closed and has a scale."""
    trouves = []
    for voie in un.par_issue:
        heure = cellule(voie, "pedagogie")
        if voie.issue == NON or heure is None:
            continue
        quand = tuple(m for m in formalites(voie) if m.etape.regle.id.endswith(".paiement"))
        regles = (heure.regle, *(m.etape.regle for m in quand))
        citations = tuple(c for regle in regles for c in regle.sources)
        trouves.append(
            Versement(voie.titre, heure.texte, case(voie, "pedagogie"), quand, citations)
        )
    return trouves
