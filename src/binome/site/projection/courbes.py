"""The pictures of a projection: fans in three bands with what was counted, what holds back, what widens."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Final

from binome.projection.flux import CONTRAINTES
from binome.projection.mois import fin, premier_a_venir, rang
from binome.projection.parametres import observations
from binome.regles.calendrier import nombre_en_clair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from binome.projection.demande import DemandeDeProjection
    from binome.projection.essai import EssaiDeReforme
    from binome.projection.lecture import Projection
    from binome.projection.parametres import Point

LARGEUR: Final = 360
HAUTEUR: Final = 230
GAUCHE: Final = 52
DROITE: Final = 12
HAUT: Final = 14
SOL: Final = 204
TRIMESTRE: Final = 3
LIGNES: Final = 4
"""Lines of the grid, about."""
BANDES_DITES: Final = (
    ("large", "dix-neuf tirages sur vingt"),
    ("huit", "huit sur dix"),
    ("moitie", "la moitié"),
)
MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Graduation:
    """A line of the grid, or a year, with its words."""

    place: float
    dit: str


@dataclass(frozen=True, slots=True)
class MarqueDeCompte:
    """What was counted, where it stands; `au_calage` when the fit knew it."""

    x: float
    y: float
    dit: str


@dataclass(frozen=True, slots=True)
class Eventail:
    """A fan, in units of the drawing: the three bands (class and outline), the middle, what was counted."""

    bandes: tuple[tuple[str, str], ...]
    milieu: str
    lignes: tuple[Graduation, ...]
    annees: tuple[Graduation, ...]
    comptes: tuple[MarqueDeCompte, ...]
    connu: float
    zero: float | None = None
    cible: MarqueDeCompte | None = None
    largeur: int = LARGEUR
    hauteur: int = HAUTEUR
    gauche: int = GAUCHE
    droite: int = LARGEUR - DROITE
    haut: int = HAUT
    sol: int = SOL


class _Repere:
    """Months and numbers to places."""

    def __init__(self, rangs: Sequence[int], bas: float, haut: float) -> None:
        self.premier, self.dernier = rangs[0], max(rangs[-1], rangs[0] + 1)
        self.pas = _pas_rond((haut - bas) / LIGNES or 1.0)
        self.bas, self.haut = floor(bas / self.pas) * self.pas, ceil(haut / self.pas) * self.pas
        if self.haut == self.bas:
            self.haut = self.bas + self.pas

    def x(self, numero: float) -> float:
        part = (numero - self.premier) / (self.dernier - self.premier)
        return round(GAUCHE + part * (LARGEUR - DROITE - GAUCHE), 1)

    def y(self, valeur: float) -> float:
        part = (valeur - self.bas) / (self.haut - self.bas)
        return round(SOL - part * (SOL - HAUT), 1)

    def lignes(self, diviseur: float) -> Iterator[Graduation]:
        for numero in range(round((self.haut - self.bas) / self.pas) + 1):
            valeur = self.bas + numero * self.pas
            yield Graduation(self.y(valeur), _graduation(valeur / diviseur))

    def annees(self) -> Iterator[Graduation]:
        ans = range(fin(self.premier).year, fin(self.dernier).year + 1)
        tous = 1 if len(ans) <= 7 else 2 if len(ans) <= 13 else 4
        for annee in ans:
            numero = (annee - 2019) * 12 - 8
            if numero >= self.premier and (annee - ans[0]) % tous == 0:
                yield Graduation(self.x(numero), str(annee))

    def points(self, rangs: Sequence[int], valeurs: Sequence[float]) -> list[str]:
        return [f"{self.x(n):g},{self.y(v):g}" for n, v in zip(rangs, valeurs, strict=True)]


def _graduation(valeur: float) -> str:
    if valeur == round(valeur):
        return nombre_en_clair(round(valeur))
    return f"{valeur:.1f}".replace(".", ",")


def _pas_rond(brut: float) -> float:
    """The next of 1, 2, 5, 10… above a step."""
    dizaine = 10.0 ** floor(log10(brut))
    return next(un * dizaine for un in (1, 2, 5, 10) if un * dizaine >= brut * 0.999)


def _ligne_brisee(repere: _Repere, rangs: Sequence[int], valeurs: Sequence[float]) -> str:
    return " ".join(repere.points(rangs, valeurs))


def _bande(
    repere: _Repere, rangs: Sequence[int], bas: Sequence[float], haut: Sequence[float]
) -> str:
    return " ".join([*repere.points(rangs, haut), *reversed(repere.points(rangs, bas))])


def _trimestres(premier: int, demande: DemandeDeProjection) -> list[int]:
    return list(dict.fromkeys([*range(premier, demande.jusqu_a + 1, TRIMESTRE), demande.jusqu_a]))


def comptes_connus(demande: DemandeDeProjection, courbe: str) -> list[Point]:
    """What was counted of a curve, in the family of the question and up to its day."""
    tous = observations()
    if courbe == "contrats":
        return [un for un in tous.contrats[demande.famille] if un.jour <= demande.au]
    cumules = [un for un in (*tous.calage, *tous.suite) if un.serie == courbe and un.du is None]
    return [un for un in cumules if un.jour <= demande.au]


def cible_d_une_courbe(demande: DemandeDeProjection, courbe: str) -> Point | None:
    """The target of the State, of its own count of contracts and where the picture reaches its day."""
    cible = observations().cible_de_l_etat
    visible = (
        courbe == "contrats" and demande.famille == "A" and rang(cible.jour) <= demande.jusqu_a
    )
    return cible if visible else None


def dessiner_l_eventail(rendue: Projection, courbe: str) -> Eventail:
    """The fan of a curve, from the first contracts on; money, from the day of the question on."""
    demande = rendue.demande
    venir = premier_a_venir(demande.au)
    rangs = _trimestres(venir if courbe == "euros" else rang(observations().debut) + 1, demande)
    sept = rendue.eventail(courbe, rangs)
    vus = comptes_connus(demande, courbe)
    repere = _Repere(rangs, 0.0, max([float(sept[-1].max()), *(un.valeur for un in vus)]))
    cible = cible_d_une_courbe(demande, courbe)
    return Eventail(
        cible=None
        if cible is None
        else MarqueDeCompte(repere.x(rang(cible.jour)), repere.y(cible.valeur), "cible"),
        bandes=tuple(
            (sorte, _bande(repere, rangs, sept[bas].tolist(), sept[6 - bas].tolist()))
            for bas, (sorte, _) in enumerate(BANDES_DITES)
        ),
        milieu=_ligne_brisee(repere, rangs, sept[3].tolist()),
        lignes=tuple(repere.lignes(MILLION if courbe == "euros" else 1)),
        annees=tuple(repere.annees()),
        comptes=tuple(
            MarqueDeCompte(
                repere.x(rang(un.jour)), repere.y(un.valeur), nombre_en_clair(round(un.valeur))
            )
            for un in vus
            if rang(un.jour) >= rangs[0]
        ),
        connu=repere.x(max(venir - 1, rangs[0])),
    )


def dessiner_la_difference(essai: EssaiDeReforme) -> Eventail:
    """The fan of the entries that a reform adds, month by month, around the line of none."""
    bas, milieu, haut = essai.entrees
    repere = _Repere(essai.rangs, min(0.0, *bas), max(1.0, *haut))
    return Eventail(
        bandes=(("huit", _bande(repere, essai.rangs, bas, haut)),),
        milieu=_ligne_brisee(repere, essai.rangs, milieu),
        lignes=tuple(repere.lignes(1)),
        annees=tuple(repere.annees()),
        comptes=(),
        connu=GAUCHE,
        zero=repere.y(0.0),
    )


COLONNES_AU_PLUS: Final = 24
MOT: Final = 32
"""The room that a year takes beneath a picture."""


@dataclass(frozen=True, slots=True)
class MorceauDeColonne:
    """What one constraint takes of a column."""

    sorte: str
    x: float
    y: float
    hauteur: float


@dataclass(frozen=True, slots=True)
class ImageDeCeQuiRetient:
    """Columns of equal height, cut by what holds the entries back."""

    morceaux: tuple[MorceauDeColonne, ...]
    epaisseur: float
    annees: tuple[Graduation, ...]
    largeur: int = LARGEUR
    hauteur: int = 150
    sol: int = 124


def dessiner_ce_qui_retient(rendue: Projection) -> ImageDeCeQuiRetient:
    """The share of the draws in which each constraint binds, column by column."""
    parts = rendue.contrainte
    pas = ceil(len(parts) / COLONNES_AU_PLUS)
    choisis = list(range(0, len(parts), pas))
    large = (LARGEUR - DROITE - GAUCHE) / len(choisis)
    morceaux, annees, vues = [], [], set[str]()
    for place, numero in enumerate(choisis):
        x, y = round(GAUCHE + place * large, 1), 124.0
        annee = rendue.mois[numero][:4]
        if annee not in vues:
            vues.add(annee)
            annees.append(Graduation(x, annee))
        for quoi in CONTRAINTES:
            hauteur = round(parts[numero][quoi] * 110, 1)
            y = round(y - hauteur, 1)
            if hauteur:
                morceaux.append(MorceauDeColonne(quoi, x, y, hauteur))
    lisibles = [
        une for n, une in enumerate(annees) if not n or une.place - annees[n - 1].place >= MOT
    ]
    tous = 1 if len(annees) <= 7 else 2 if len(annees) <= 13 else 4
    return ImageDeCeQuiRetient(
        tuple(morceaux), round(max(large - 1, 1), 1), tuple(lisibles[::tous])
    )
