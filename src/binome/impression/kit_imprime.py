"""The papers of the kit: the sheet and the poster of a public, the list to annex to an aid contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from binome.impression import commun
from binome.impression.renvois import Renvois
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.base import Base
    from binome.regles.sources import Citation


@dataclass(frozen=True)
class PapierDuKit:
    """What a public is told: `points` by the rules with their sources, `lignes` those of the poster; `au`: the rules' day."""

    base: Base
    nom: str
    titre: str
    accroche: str
    appel: str
    reserve: str
    points: tuple[tuple[str, tuple[Citation, ...]], ...]
    lignes: tuple[str, ...]
    sources: tuple[Citation, ...]
    adresse: str
    au: date
    le: date


@dataclass(frozen=True)
class LigneDAnnexe:
    """One organisation: where it teaches, how we know of it, and from which passages."""

    nom: str
    lieux: tuple[str, ...]
    dit: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class AnnexeImprimee:
    """The list of a place on a day, and the clause that is proposed; `conventions` is None where nobody could read them."""

    base: Base
    lieu: str
    conventions: tuple[LigneDAnnexe, ...] | None
    nommes: tuple[LigneDAnnexe, ...]
    ailleurs: tuple[LigneDAnnexe, ...]
    clause: tuple[str, ...]
    mention: str
    demande: tuple[Citation, ...]
    adresse: str
    le: date


def contenu_du_papier_du_kit(un: PapierDuKit) -> dict[str, Any]:
    """What the sheet and the poster write."""
    renvois = Renvois()
    dit = {
        "titre": un.titre,
        "nom": un.nom,
        "phrase": un.accroche,
        "regles": f"Ce que disent les règles du {date_en_clair(un.au)}. {un.reserve}",
        "appel": un.appel,
        "reserve": un.reserve,
        "points": [
            {"texte": texte, "renvois": renvois.cles(citations)} for texte, citations in un.points
        ],
        "lignes": list(un.lignes),
        "pourquoi": renvois.cles(un.sources),
    }
    return commun.page(
        dit,
        renvois,
        base=un.base,
        au=un.au,
        edite_le=un.le,
        adresse=un.adresse,
        mention=f"Binôme informe, et ne promet rien. {un.reserve}",
    )


def _lignes(lignes: tuple[LigneDAnnexe, ...], renvois: Renvois) -> list[dict[str, Any]]:
    return [
        {
            "nom": une.nom,
            "lieux": list(une.lieux),
            "dit": une.dit,
            "renvois": renvois.cles(une.sources),
        }
        for une in lignes
    ]


def contenu_de_l_annexe(un: AnnexeImprimee) -> dict[str, Any]:
    """What the annex writes."""
    renvois = Renvois()
    dit = {
        "titre": "Annexe proposée : les organismes de formation",
        "phrase": f"{un.lieu}, au {date_en_clair(un.le)}.",
        "regles": "À joindre à un contrat d’aide. Ce que la branche tient et ce que nos sources nomment sont à part.",
        "demande": renvois.cles(un.demande),
        "sans_lecture": un.conventions is None,
        "conventions": _lignes(un.conventions or (), renvois),
        "nommes": _lignes(un.nommes, renvois),
        "ailleurs": _lignes(un.ailleurs, renvois),
        "clause": list(un.clause),
        "proposition": un.mention,
    }
    return commun.page(
        dit,
        renvois,
        base=un.base,
        au=None,
        edite_le=un.le,
        adresse=un.adresse,
        mention=un.mention,
    )
