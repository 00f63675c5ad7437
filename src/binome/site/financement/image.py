"""The picture of who pays a path: the cost of the report, and what each route of the day is known to pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.regles.calendrier import duree_en_clair, duree_ou_inconnue, montant_en_clair
from binome.site.financement.baremes import a_une_formule, compte

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from binome.site.financement.jour import VoieDuJour
    from binome.site.financement.rapport import CoutDuRapport

LARGEUR: Final = 360
_BARRE: Final = 76
"""The height of a bar with its words."""
_INCONNU: Final = 54
"""The width of what nobody knows: it is drawn, and has no scale."""
MOTS: Final = {
    "pedagogie": "à l’organisme",
    "salaire": "à l’employeur, pour le salaire",
    "annexes": "frais annexes, par différence",
    "inconnu": "inconnu",
}


class MorceauDuCout(NamedTuple):
    """A piece of a bar, in units of the drawing."""

    sorte: str
    x: int
    largeur: int

    @property
    def milieu(self) -> int:
        """Where its word is centred."""
        return self.x + self.largeur // 2


class BarreDuCout(NamedTuple):
    """One bar, with its place, its title and the words beneath it."""

    y: int
    titre: str
    mots: str
    morceaux: tuple[MorceauDuCout, ...]

    @property
    def sol(self) -> int:
        """Where the bar itself starts."""
        return self.y + 22

    @property
    def dessous(self) -> int:
        """Where the words stand."""
        return self.y + 64


class ImageDuCout(NamedTuple):
    """The whole picture."""

    barres: tuple[BarreDuCout, ...]
    hauteur: int
    description: str
    largeur: int = LARGEUR

    @property
    def sortes(self) -> list[tuple[str, str]]:
        """What the legend explains."""
        vues = {un.sorte for barre in self.barres for un in barre.morceaux}
        return [(sorte, mot) for sorte, mot in MOTS.items() if sorte in vues]


def _parts(
    cout: CoutDuRapport, voies: Sequence[VoieDuJour], heures: str
) -> Iterator[tuple[str, list[tuple[str, int | None]]]]:
    """Each bar: its title, and its pieces in cents, None where nobody knows."""
    duree = duree_ou_inconnue(cout.referentiel.total)
    parts: list[tuple[str, int | None]]
    parts = [(un.sorte, un.cents) for un in (*cout.termes, cout.reste)]
    yield f"Le rapport de l’IGAS, {duree}", parts
    for une in voies:
        voie = une.voie
        if une.chiffree:
            postes = [p for p in ("pedagogie", "salaire") if a_une_formule(voie, p)]
            yield f"{voie.titre}{heures}", [(poste, compte(voie, poste)) for poste in postes]


def _barre(rang: int, titre: str, parts: list[tuple[str, int | None]], maximum: int) -> BarreDuCout:
    x, morceaux, mots = 0, [], []
    for sorte, cents in parts:
        largeur = _INCONNU if cents is None else max(3, cents * (LARGEUR - 10) // maximum)
        vue = "inconnu" if cents is None else sorte
        morceaux.append(MorceauDuCout(vue, x, largeur))
        mots.append("inconnu" if cents is None else montant_en_clair(cents))
        x += largeur + 2
    return BarreDuCout(rang * _BARRE, titre, " + ".join(mots), tuple(morceaux))


def dessiner(
    cout: CoutDuRapport | None, voies: Sequence[VoieDuJour], duree: int | None
) -> ImageDuCout | None:
    """The picture of a day; None when the cost of the report cannot be told."""
    if cout is None:
        return None
    heures = "" if duree is None else f", {duree_en_clair(duree)}"
    parts = list(_parts(cout, voies, heures))
    barres = tuple(
        _barre(rang, titre, morceaux, cout.imprime) for rang, (titre, morceaux) in enumerate(parts)
    )
    phrases = (
        f"{titre} : "
        + ", ".join(
            f"{'inconnu' if cents is None else montant_en_clair(cents)} {MOTS[sorte]}"
            for sorte, cents in morceaux
        )
        for titre, morceaux in parts
    )
    return ImageDuCout(barres, len(barres) * _BARRE, " ; ".join(phrases))
