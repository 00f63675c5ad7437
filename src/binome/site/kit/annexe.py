"""The list of organisations ready to annex to an aid contract, and the clause that we propose. Neither is adopted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.exceptions import BadRequest
from django.db import DatabaseError

from binome.formations.lecture import organismes, sources
from binome.formations.recherche import filtrer
from binome.formations.territoires import departements
from binome.regles.sources import lire_citation
from binome.reseau.annuaire import sous_convention

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from binome.formations.modeles import Organisme
    from binome.formations.territoires import Departement
    from binome.regles.sources import Citation
    from binome.reseau.annuaire import SousConvention

CLAUSE: Final = (
    "Le médecin signataire dit s’il accepte que la caisse transmette ses coordonnées professionnelles.",
    "Elles sont son nom, l’adresse de son cabinet et son adresse électronique professionnelle.",
    "Elles ne vont qu’aux organismes de la liste annexée, pour proposer la formation de la personne employée.",
    "Les organismes les effacent quand la personne est inscrite, ou à la date que la caisse fixe : ……………………",
    "Le médecin change d’avis quand il veut, en écrivant à la caisse : …………………… L’aide n’en dépend pas.",
    "Il peut lire ses données, les corriger, les faire effacer, et s’opposer à leur usage. Il peut saisir la CNIL.",
)
"""Our own words, after what the report asks for (¶120): a proposal, that no text holds and nobody adopted."""
MENTION: Final = "Proposition de Binôme : ni la CPAM ni la branche ne l’a adoptée."
DEMANDE: Final = ("igas-2023, ¶120",)


@dataclass(frozen=True, slots=True)
class Annexe:
    """What is annexed, for a département or for all. `conventions` is None where the database does not answer."""

    lieu: Departement | None
    nommes: tuple[Organisme, ...]
    ailleurs: tuple[Organisme, ...]
    conventions: Sequence[SousConvention] | None

    @property
    def titre(self) -> str:
        """Where the list is for."""
        return "Toute la France" if self.lieu is None else self.lieu.nom


def demande() -> tuple[Citation, ...]:
    """Where it is asked for."""
    return tuple(lire_citation(une, sources()) for une in DEMANDE)


def annexe_de(code: str, jour: date) -> Annexe:
    """The organisations of a département, then those of its region; all of them for none.

    What sources name and what the branch holds stand apart. Raises BadRequest on what is no département.
    """
    if code and code not in departements():
        raise BadRequest(f"« {code[:10]} » n’est pas un département. Choisissez-le dans la liste.")
    lieu = departements().get(code)
    nommes = filtrer(organismes(), departement=None if lieu is None else lieu.code)
    region = () if lieu is None else filtrer(organismes(), region=lieu.region.code)
    ailleurs = tuple(un for un in region if un not in nommes)
    conventions: Sequence[SousConvention] | None
    try:
        conventions = [une for une in sous_convention(jour) if une.repond(departement=code)]
    except DatabaseError:
        conventions = None
    return Annexe(lieu, nommes, ailleurs, conventions)
