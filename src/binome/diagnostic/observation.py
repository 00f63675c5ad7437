"""What was found of one thing: in order, to be done, or not looked at; and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias


class Sante(Enum):
    """How a thing is; the value is said to a program, and to a person."""

    BON = "bon"
    A_FAIRE = "à faire"
    NON_VU = "non vu"


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing: its name, how it is, what was seen (a sentence), and what to do when it is not in order."""

    nom: str
    etat: Sante
    dit: str
    remede: str = ""

    def en_json(self) -> dict[str, str]:
        """For a program."""
        return {"nom": self.nom, "etat": self.etat.value, "dit": self.dit, "remede": self.remede}


def bon(nom: str, dit: str) -> Observation:
    """In order."""
    return Observation(nom, Sante.BON, dit)


def a_faire(nom: str, dit: str, remede: str) -> Observation:
    """Not in order, and what to do."""
    return Observation(nom, Sante.A_FAIRE, dit, remede)


def non_vu(nom: str, dit: str) -> Observation:
    """Not looked at, because of something else."""
    return Observation(nom, Sante.NON_VU, dit)


Controle: TypeAlias = "Callable[[], Iterator[Observation]]"
FAUTE: Final = "Ce contrôle s’est arrêté sur une faute de programme ({})."
