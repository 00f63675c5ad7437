"""The picture of five years: a step for each, as high as its aid, with the cost of the post across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.agenda.annonce import INCONNU, aide_en_clair
from binome.regles.calendrier import date_en_clair, montant_en_clair

if TYPE_CHECKING:
    from binome.agenda.contrat_d_aide import AnneeDuContrat, ContratDAide

LARGEUR: Final = 360
HAUT: Final = 26
"""Room above the highest step, for its amount."""
PLEIN: Final = 150
"""The height of the largest amount."""
SOL: Final = HAUT + PLEIN
HAUTEUR: Final = SOL + 40
_PAS: Final = 72
_MARCHE: Final = 66
_MOIS: Final = (
    "janv.", "févr.", "mars", "avril", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marche:
    """One step, in units of the drawing; `sorte` is the look that says what it depends on."""

    x: int
    y: int
    hauteur: int
    sorte: str
    montant: str
    rang: str
    debut: str

    @property
    def milieu(self) -> int:
        """Where its words are centred."""
        return self.x + _MARCHE // 2

    @property
    def mot(self) -> int:
        """Where its amount stands."""
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Escalier:
    """The whole picture; `cout` is the height of the line of the cost, None when it is not known."""

    marches: tuple[Marche, ...]
    cout: int | None
    description: str
    largeur: int = LARGEUR
    hauteur: int = HAUTEUR
    sol: int = SOL
    marche: int = _MARCHE


def _marche(annee: AnneeDuContrat, maximum: int) -> Marche:
    du = annee.annee.du
    recu = annee.recu
    hauteur = PLEIN // 3 if recu is None else max(4, PLEIN * recu // maximum)
    sorte = "objectifs" if annee.annee.module_par_objectifs else "ferme"
    return Marche(
        x=(annee.annee.rang - 1) * _PAS + (_PAS - _MARCHE) // 2,
        y=SOL - hauteur,
        hauteur=hauteur,
        sorte=INCONNU if recu is None else sorte,
        montant=INCONNU if recu is None else montant_en_clair(recu),
        rang=f"Année {annee.annee.rang}",
        debut=f"{_MOIS[du.month - 1]} {du.year}",
    )


def dessiner(un: ContratDAide) -> Escalier | None:
    """The picture of a contract; None when there is no year to show."""
    if not un.annees:
        return None
    montants = [x for une in un.annees for x in (une.recu, une.cout) if x is not None]
    maximum = max([*montants, 1])
    dits = (
        f"année {une.annee.rang}, à partir du {date_en_clair(une.annee.du)} : {aide_en_clair(un, une)}"
        for une in un.annees
    )
    cout = un.cout
    ligne = "" if cout is None else f" Le poste coûte {montant_en_clair(cout)} par an."
    return Escalier(
        tuple(_marche(une, maximum) for une in un.annees),
        None if not cout else SOL - PLEIN * cout // maximum,
        f"L’aide au plus, {' ; '.join(dits)}.{ligne}",
    )
