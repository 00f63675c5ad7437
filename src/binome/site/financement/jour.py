"""The funding as the rules of one day give it, for a typical person: every route, hour by hour."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.regles.calendrier import duree_en_clair
from binome.regles.courante import base_courante
from binome.regles.dire import enumerer
from binome.regles.metiers.financement import ORDRE, POSTES, PREFIXE, VUE, financer
from binome.regles.regle import NON
from binome.site.financement.baremes import (
    SANS_SOURCE,
    Case,
    a_une_formule,
    case,
    cellule,
    en_bref,
    nom_du_montant,
    rangs,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.regles.metiers.financement import VoieDeFinancement
    from binome.regles.referentiels import Referentiel
    from binome.regles.regle import Regle
    from binome.regles.sources import Citation

ETATS: Final = {"oui": "ouverte", "indetermine": "sous conditions", "non": "fermée"}


class LigneDeBareme(NamedTuple):
    """What one route pays on one heading: by the hour, and for the whole CQP."""

    poste: str
    titre: str
    par_heure: str
    total: Case
    calcul: str = ""


class GroupeDeSituations(NamedTuple):
    """The situations for which a route pays the same, and what it pays."""

    situations: tuple[str, ...]
    lignes: tuple[LigneDeBareme, ...]

    @property
    def pour(self) -> str:
        """The situations in words."""
        return enumerer(self.situations, "ou")


class VoieDuJour(NamedTuple):
    """A route on a day, for the situations that suit it best."""

    voie: VoieDeFinancement
    groupes: tuple[GroupeDeSituations, ...]
    citations: tuple[Citation, ...]

    @property
    def etat(self) -> str:
        """The state of the route in words."""
        return ETATS[self.voie.issue]

    @property
    def ancre(self) -> str:
        """The name of the route in an address."""
        return self.voie.cible.removeprefix(PREFIXE)

    @property
    def chiffree(self) -> bool:
        """Whether the base knows how what it pays for the training is counted."""
        return bool(self.groupes) and a_une_formule(self.voie, "pedagogie")

    @property
    def conditions(self) -> list[Regle]:
        """The requirements in force on that day."""
        return [
            un.etape.regle for un in self.voie.motifs if un.etape.regle.table == self.voie.cible
        ]

    @property
    def refus(self) -> list[str]:
        """Why the route is closed on that day."""
        return [en_bref(un) for un in self.voie.motifs if un.etape.issue == "non"]


def referentiel_du(jour: date) -> Referentiel | None:
    """The CQP in force on a day; None between two."""
    tous = base_courante().referentiels.values()
    return next((un for un in tous if un.du <= jour <= un.au), None)


def voies_pour(
    jour: date, referentiel: Referentiel | None, situation: str
) -> tuple[VoieDeFinancement, ...]:
    """Every route to the CQP of a day, for someone of whom only the situation is known.

    An amendment to the contract, where a route asks for one, is signed on that day.
    """
    vue = base_courante().vue(VUE)
    objet: dict[str, object] = {
        "date_entree": jour.isoformat(),
        "date_avenant_contrat": jour.isoformat(),
        "objectif": "cqp",
        "situation": situation,
    }
    if referentiel is not None and referentiel.total is not None:
        objet["heures_formation"] = referentiel.total / 60
    return financer(vue, vue.lire(objet)).voies


def _lignes(voie: VoieDeFinancement) -> tuple[LigneDeBareme, ...]:
    lignes = []
    minutes = voie.conclusion.dossier["minutes_formation"]
    for poste in POSTES:
        if not a_une_formule(voie, poste):
            continue
        heure = cellule(voie, poste)
        titre = voie.base.montants[nom_du_montant(voie, poste)].titre
        par_heure = "ne se compte pas par heure" if heure is None else heure.texte
        if heure is not None and heure.cents is None:
            # A cell that no source gives makes an amount that none gives, whatever is answered.
            vide = Case(SANS_SOURCE, connue=False)
            lignes.append(LigneDeBareme(poste, titre, heure.texte, vide))
            continue
        total = case(voie, poste)
        calcul = ""
        if heure is not None and isinstance(minutes, int):
            calcul = f"{duree_en_clair(minutes)} × {par_heure}"
        lignes.append(LigneDeBareme(poste, titre, par_heure, total, calcul))
    return tuple(lignes)


def _citations(voie: VoieDeFinancement) -> tuple[Citation, ...]:
    regles = [regle for poste in POSTES for regle in rangs(voie, poste)]
    if not regles or voie.issue == NON:
        regles = [un.etape.regle for un in voie.motifs if un.etape.issue == voie.issue]
    return tuple(citation for regle in regles for citation in regle.sources)


def _voie_du_jour(memes: Mapping[str, VoieDeFinancement], mots: Mapping[str, str]) -> VoieDuJour:
    """One route, seen by each situation: those that open it best are kept, alike ones together."""
    issue = min((voie.issue for voie in memes.values()), key=ORDRE.__getitem__)
    retenues = {nom: voie for nom, voie in memes.items() if voie.issue == issue}
    groupes: dict[tuple[LigneDeBareme, ...], list[str]] = {}
    if issue != NON:
        for nom, voie in retenues.items():
            groupes.setdefault(_lignes(voie), []).append(mots[nom])
    return VoieDuJour(
        next(iter(retenues.values())),
        tuple(GroupeDeSituations(tuple(pour), lignes) for lignes, pour in groupes.items()),
        tuple(citation for voie in retenues.values() for citation in _citations(voie)),
    )


@lru_cache(maxsize=64)
def du_jour(jour: date) -> tuple[VoieDuJour, ...]:
    """The routes of a day, the open ones first."""
    referentiel = referentiel_du(jour)
    mots = base_courante().vue(VUE).faits["situation"].valeurs
    par_situation = {nom: voies_pour(jour, referentiel, nom) for nom in mots}
    toutes = [
        _voie_du_jour(dict(zip(mots, memes, strict=True)), mots)
        for memes in zip(*par_situation.values(), strict=True)
    ]
    return tuple(sorted(toutes, key=lambda une: ORDRE[une.voie.issue]))
