"""The columns of an exchanged table: what the template shows, what a received heading names, what goes out."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

PROCHE: Final = 0.6
"""How alike two headings must be, for one to be offered in place of the other."""


class Colonne(Protocol):
    """One column: its identifier, its heading, what to write there, and the answers offered, if any."""

    @property
    def nom(self) -> str:
        """How programs name it."""
        ...  # pragma: no cover

    @property
    def titre(self) -> str:
        """Its heading."""
        ...  # pragma: no cover

    @property
    def aide(self) -> str:
        """What to write in its cells."""
        ...  # pragma: no cover

    @property
    def aussi(self) -> Sequence[str]:
        """Other headings that people give it."""
        ...  # pragma: no cover

    @property
    def choix(self) -> Sequence[str]:
        """The answers that a cell offers; empty when anything is typed."""
        ...  # pragma: no cover


C = TypeVar("C", bound=Colonne)


def sans_casse(texte: str) -> str:
    """A heading or a word as it is compared: whatever its capitals, accents and blanks."""
    return " ".join(plier(texte).replace("_", " ").replace("’", "'").split())


class Colonnes(Generic[C]):
    """The columns of one kind of table, in order; one of `cles` names each row, the first of them first.

    `hors_modele` are those that a template leaves out. `racontees` are headings that an export adds: they may come
    back, and are passed over.
    """

    def __init__(
        self,
        toutes: Iterable[C],
        *cles: str,
        racontees: Iterable[str] = (),
        hors_modele: Container[str] = (),
    ) -> None:
        self.par_nom: Mapping[str, C] = {une.nom: une for une in toutes}
        self.cles = cles
        self.au_modele: Sequence[C] = [
            une for une in self.par_nom.values() if une.nom not in hors_modele
        ]
        self._exacts = {
            sans_casse(dit): une.nom
            for une in self.par_nom.values()
            for dit in (une.titre, une.nom)
        }
        self._aussi = {
            sans_casse(dit): une.nom for une in self.par_nom.values() for dit in une.aussi
        }
        self._racontees = frozenset(map(sans_casse, racontees))

    @property
    def titres(self) -> list[str]:
        """The headings of the template, in order."""
        return [une.titre for une in self.au_modele]

    def racontee(self, titre: str) -> bool:
        """Whether a heading is one that an export only tells."""
        return sans_casse(titre) in self._racontees

    def nom_exact(self, titre: str) -> str | None:
        """The column whose own heading this is; None for any other."""
        return self._exacts.get(sans_casse(titre))

    def nom_de(self, titre: str) -> str | None:
        """The column that a heading names, its own or another that people give it; None for an unknown one."""
        dit = sans_casse(titre)
        return self._exacts.get(dit) or self._aussi.get(dit)

    def proche(self, titre: str, prises: Container[str] = ()) -> str | None:
        """The column that an unknown heading may name, none of `prises`; None when none is near."""
        dits = {dit: nom for dit, nom in (self._aussi | self._exacts).items() if nom not in prises}
        proches = get_close_matches(sans_casse(titre), dits, n=1, cutoff=PROCHE)
        return dits[proches[0]] if proches else None
