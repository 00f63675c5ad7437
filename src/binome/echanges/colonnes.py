"""The columns of an exchanged table: what the template shows, what a received heading names, what goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


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
    def choix(self) -> Sequence[str]:
        """The answers that a cell offers; empty when anything is typed."""
        ...  # pragma: no cover


C = TypeVar("C", bound=Colonne)


def sans_casse(texte: str) -> str:
    """A heading or a word as it is compared: whatever its capitals, accents and blanks."""
    return " ".join(plier(texte).replace("_", " ").replace("’", "'").split())


class Colonnes(Generic[C]):
    """The columns of one kind of table, in order; `cle` names each row, and must be there.

    `racontees` are headings that an export adds: they may come back, and are passed over.
    """

    def __init__(self, toutes: Iterable[C], cle: str, racontees: Iterable[str] = ()) -> None:
        self.par_nom: Mapping[str, C] = {une.nom: une for une in toutes}
        self.cle = cle
        self._par_titre = {
            sans_casse(dit): une.nom
            for une in self.par_nom.values()
            for dit in (une.titre, une.nom)
        }

        self._racontees = frozenset(map(sans_casse, racontees))

    @property
    def titres(self) -> list[str]:
        """The headings, in order."""
        return [une.titre for une in self.par_nom.values()]

    def racontee(self, titre: str) -> bool:
        """Whether a heading is one that an export only tells."""
        return sans_casse(titre) in self._racontees

    def nom_de(self, titre: str) -> str | None:
        """The column that a heading names; None for an unknown one."""
        return self._par_titre.get(sans_casse(titre))
