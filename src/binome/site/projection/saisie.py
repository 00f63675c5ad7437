"""What the address of a projection says: the same strict reading as everywhere, told for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from binome.projection.demande import (
    DemandeDeProjectionInvalide,
    bornes_des_hypotheses,
    lire_demande,
)
from binome.projection.mois import ANNEES, premier_a_venir, rang
from binome.projection.mois import nom as nom_du_mois
from binome.projection.parametres import FAMILLES, parametres
from binome.projection.sources import FAMILLES_DITES
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.projection.demande import DemandeDeProjection
    from binome.socle.demande import Demande

ANS_DEVANT: Final = 2
"""Years to come that the page shows, the current one apart, when nobody says."""
ANNEES_OFFERTES: Final = (1, 2, 3, 5, 8)
POSER: Final = "poser"
"""The name of the boxes: a cursor only counts when its own is ticked."""


@dataclass(frozen=True, slots=True)
class Curseur:
    """A hypothesis that a person may set: the ends of its cursor, and how its number is said (`facteur`, `unite`)."""

    nom: str
    titre: str
    note: str
    bas: float
    haut: float
    pas: float
    facteur: float
    unite: str
    posee: bool
    valeur: float

    @property
    def dit(self) -> str:
        """Its value in words."""
        return dire_nombre(self.valeur * self.facteur, self.unite)


_PREMIERS: Final = ("argent_annuel_euros", "reserve_euros", "part_qui_entre", "rotation_annuelle")
"""Those that decide most: the others are folded."""
_COURSES: Final[dict[str, tuple[float, float, float, float]]] = {
    "argent_annuel_euros": (0, 40_000_000, 500_000, 6_000_000),
    "reserve_euros": (0, 60_000_000, 1_000_000, 0),
    "places_par_organisme": (1, 20, 0.5, 7),
    "organismes": (1, 100, 1, 31),
    "signatures": (0.2, 3, 0.05, 1),
    "retrait_mensuel": (0, 0.2, 0.005, 0.015),
}
"""Where a cursor goes, by which step, and where it stands before anyone moves it."""
_TITRES_DE_L_ARGENT: Final = {
    "argent_annuel_euros": "L’argent de la formation, chaque année",
    "reserve_euros": "L’argent en réserve au départ",
}


def dire_nombre(valeur: float, unite: str) -> str:
    """A number with its unit, as a person reads it."""
    return (
        f"{valeur:.3g}".replace(".", ",") + f"\u202f{unite}"
        if unite
        else f"{valeur:.3g}".replace(".", ",")
    )


def _course(nom: str) -> tuple[float, float, float, float]:
    if nom in _COURSES:
        return _COURSES[nom]
    bas, haut = bornes_des_hypotheses()[nom]
    _, du, au = parametres()[nom].loi(FAMILLES[0])
    return bas, haut, 0.01, round((du + au) / 2, 2)


def _unite(nom: str) -> tuple[float, str]:
    if nom in _TITRES_DE_L_ARGENT:
        return 1e-6, "M€"
    unite = parametres()[nom].unite
    return (100, "%") if unite.startswith("part") else (1, "")


def curseurs(posees: dict[str, float]) -> tuple[list[Curseur], list[Curseur]]:
    """The cursors that are shown, then those that are folded."""
    tous = []
    for nom in (*_PREMIERS, *(un for un in bornes_des_hypotheses() if un not in _PREMIERS)):
        bas, haut, pas, depart = _course(nom)
        valeur = posees.get(nom, depart)
        une = parametres().get(nom)
        tous.append(
            Curseur(
                nom,
                _TITRES_DE_L_ARGENT.get(nom) or parametres()[nom].titre,
                "" if une is None else une.note,
                min(bas, valeur),
                max(haut, valeur),
                pas,
                *_unite(nom),
                nom in posees,
                valeur,
            )
        )
    premiers = [un for un in tous if un.nom in _PREMIERS]
    return premiers, [un for un in tous if un.nom not in _PREMIERS]


@dataclass(frozen=True, slots=True)
class QuestionLue:
    """What the address says; `demande` is the default question where it cannot be read, and `erreurs` say why."""

    demande: DemandeDeProjection
    erreurs: tuple[str, ...]


_DITES: Final = {
    "au": f"Le jour ne se lit pas. Choisissez un jour entre {ANNEES[0]} et {ANNEES[1]}.",
    "jusqu_a": f"Le dernier mois ne se lit pas, ou il est avant le jour choisi. Choisissez un mois à venir, au plus tard en {ANNEES[1]}.",
    "reformes": "Une recommandation de l’adresse n’existe pas, ou deux variantes de la même sont choisies.",
    "famille": "Le compte des contrats est A ou B.",
}


def _dire(faute: str) -> str:
    champ, _, raison = faute.partition(" : ")
    if champ in _DITES:
        return _DITES[champ]
    nom = champ.removeprefix("hypotheses.")
    titre = _TITRES_DE_L_ARGENT.get(nom) or (
        parametres()[nom].titre if nom in parametres() else nom
    )
    return f"« {titre[:60]} » ne va pas : {raison}."


def lire_saisie(request: Demande, reformes: Sequence[str] | None = None) -> QuestionLue:
    """The question of the address. What cannot be read is said, and left for the default."""
    dit, jour = request.GET, jour_de(request)
    jour = min(max(jour, date(ANNEES[0], 1, 1)), date(ANNEES[1] - 1, 12, 31))
    objet: dict[str, Any] = {
        "au": dit.get("au", "").strip() or jour.isoformat(),
        "famille": dit.get("famille", "").strip() or FAMILLES[0],
        "reformes": list(dit.getlist("reforme") if reformes is None else reformes),
    }
    hypotheses: dict[str, Any] = {}
    for nom in dit.getlist(POSER):
        texte = dit.get(nom, "").strip()
        try:
            hypotheses[nom] = float(texte.replace(",", "."))
        except ValueError:
            hypotheses[nom] = texte
    objet["hypotheses"] = hypotheses
    objet["jusqu_a"] = dit.get("jusqu_a", "").strip() or _dernier_mois(objet["au"], jour)
    try:
        return QuestionLue(lire_demande(objet), ())
    except DemandeDeProjectionInvalide as refus:
        fautes = tuple(dict.fromkeys(_dire(une) for une in refus.fautes))
    return QuestionLue(
        lire_demande({"au": jour.isoformat(), "jusqu_a": _dernier_mois("", jour)}), fautes
    )


def _dernier_mois(au: str, defaut: date) -> str:
    try:
        annee = date.fromisoformat(au).year
    except ValueError:
        annee = defaut.year
    return f"{min(annee + ANS_DEVANT, ANNEES[1])}-12"


def mois_offerts(demande: DemandeDeProjection) -> list[tuple[str, str, bool]]:
    """The last months that the form offers: value, words, whether it is the one asked for."""
    choisi = nom_du_mois(demande.jusqu_a)
    offerts = {
        f"{annee}-12"
        for devant in ANNEES_OFFERTES
        if (annee := demande.au.year + devant) <= ANNEES[1]
        and rang(date(annee, 12, 1)) >= premier_a_venir(demande.au)
    }
    return [(un, dire_mois(un), un == choisi) for un in sorted({choisi, *offerts})]


_MOIS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def dire_mois(nom: str) -> str:
    """A month in words: `décembre 2026`."""
    return f"{_MOIS[int(nom[5:]) - 1]} {nom[:4]}"


def familles(demande: DemandeDeProjection) -> list[tuple[str, str, bool]]:
    """The two counts: letter, words, whether it is the one asked for."""
    return [(une, FAMILLES_DITES[une], une == demande.famille) for une in FAMILLES]
