"""Two référentiels side by side, bloc by bloc and module by module.

Modules are on the same line when they bear the same name, or the same mark: no source says how the
others answer each other, and Binôme does not guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.pliage import plier
from binome.regles.calendrier import duree_en_clair, duree_ou_inconnue

if TYPE_CHECKING:
    from binome.regles.referentiels import Bloc, Module, Referentiel

_LIAISONS: Final = frozenset("a au aux de des du en et l la le les".split())


class Paire(NamedTuple):
    """A line of the table: a module of each side, or of one only."""

    avant: Module | None
    apres: Module | None

    @property
    def intitule(self) -> str:
        """The name of the module, both names when the two sides do not use the same."""
        noms = dict.fromkeys(un.intitule for un in self if un is not None)
        return " → ".join(noms)

    @property
    def ecart(self) -> str:
        """What changes from one side to the other, in words."""
        if self.avant is None:
            return "nouveau nom"
        if self.apres is None:
            return "ce nom disparaît"
        return ecart_en_clair(self.avant.minutes, self.apres.minutes)


class BlocCompare(NamedTuple):
    """A bloc of each side, with its modules."""

    numero: int
    avant: Bloc
    apres: Bloc
    paires: tuple[Paire, ...]

    @property
    def intitule(self) -> str:
        """The name of the bloc, both names when they differ."""
        return " → ".join(dict.fromkeys((self.avant.intitule, self.apres.intitule)))

    @property
    def ecart(self) -> str:
        """What changes in the bloc's length, in words."""
        return ecart_en_clair(self.avant.minutes, self.apres.minutes)


def nom_court(referentiel: Referentiel) -> str:
    """`RNCP 40913, 279 h`: enough to tell two versions apart."""
    return f"RNCP {referentiel.rncp}, {duree_ou_inconnue(referentiel.total)}"


def ecart_en_clair(avant: int | None, apres: int | None) -> str:
    """`7 h de moins`; what is unknown says so."""
    if avant is None or apres is None:
        return "nous ne savons pas"
    if avant == apres:
        return "autant"
    sens = "de plus" if apres > avant else "de moins"
    return f"{duree_en_clair(abs(apres - avant))} {sens}"


def _cle(module: Module) -> object:
    return module.marque or frozenset(plier(module.intitule).split()) - _LIAISONS


def apparier(avant: Bloc, apres: Bloc) -> tuple[Paire, ...]:
    """The lines of a bloc: the modules of the first in order, then those only the second has."""
    restants = {_cle(module): module for module in apres.modules}
    paires = [Paire(module, restants.pop(_cle(module), None)) for module in avant.modules]
    paires += [Paire(None, module) for module in restants.values()]
    return tuple(paires)


def blocs_compares(avant: Referentiel, apres: Referentiel) -> list[BlocCompare]:
    """The blocs that bear the same number in both, in order."""
    return [
        BlocCompare(bloc.numero, bloc, autre, apparier(bloc, autre))
        for bloc in avant.blocs
        for autre in apres.blocs
        if autre.numero == bloc.numero
    ]
