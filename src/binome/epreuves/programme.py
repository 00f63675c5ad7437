"""The épreuves of a référentiel as this room plans and judges them, and what each grid speaks of.

Where no source lists the épreuves of a version, only what the sources say stands: each bloc is evaluated, under one code.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from binome.regles.competences import competences
from binome.sessions.programme import referentiel_de

if TYPE_CHECKING:
    from binome.parcours.models import Parcours
    from binome.regles.referentiels import Epreuve, Referentiel

AFGSU = "afgsu"
"""The mark of the module that the attestation of emergency care stands for."""


@dataclass(frozen=True, slots=True)
class EpreuveDuBloc:
    """An épreuve; `parties` are its minutes, none where no source gives them. `externe`: others hold it, an attestation is its proof.

    `tour`: it is passed by one person after another; else all together.
    """

    code: str
    bloc: int
    intitule: str
    parties: tuple[int, ...]
    externe: bool = False
    tour: bool = False
    listee: bool = True

    @property
    def minutes(self) -> int:
        """Its length."""
        return sum(self.parties)


@dataclass(frozen=True, slots=True)
class LigneDeGrille:
    """What a grid asks about: a competence, or the bloc whole where no list was read."""

    code: str
    intitule: str


@dataclass(frozen=True, slots=True)
class BlocAEvaluer:
    """A bloc, its épreuves, what their grids ask, and whether an AFGSU is asked of it."""

    numero: int
    intitule: str
    epreuves: tuple[EpreuveDuBloc, ...]
    lignes: tuple[LigneDeGrille, ...]
    afgsu: bool

    @property
    def jugees(self) -> tuple[EpreuveDuBloc, ...]:
        """Those that have a grid."""
        return tuple(une for une in self.epreuves if not une.externe)


@cache
def blocs_a_evaluer(certification: str, nom: str) -> dict[int, BlocAEvaluer]:
    """The blocs of a référentiel, by number; empty for one that the rule base no longer holds, or whose blocs no source lists."""
    referentiel = referentiel_de(certification, nom)
    if referentiel is None:
        return {}
    par_bloc: dict[int, list[LigneDeGrille]] = {}
    for une in competences(nom):
        par_bloc.setdefault(une.bloc, []).append(LigneDeGrille(une.code, une.intitule))
    return {
        bloc.numero: BlocAEvaluer(
            bloc.numero,
            bloc.intitule,
            _epreuves(referentiel, bloc.numero),
            tuple(par_bloc.get(bloc.numero, ()))
            or (LigneDeGrille(f"B{bloc.numero}", bloc.intitule),),
            any(un.marque == AFGSU for un in bloc.modules),
        )
        for bloc in referentiel.blocs
    }


def _epreuves(referentiel: Referentiel, bloc: int) -> tuple[EpreuveDuBloc, ...]:
    listees = tuple(_une(une) for une in referentiel.bloc(bloc).epreuves)
    return listees or (
        EpreuveDuBloc(f"B{bloc}E", bloc, f"Évaluation du bloc {bloc}", (), listee=False),
    )


def _une(une: Epreuve) -> EpreuveDuBloc:
    return EpreuveDuBloc(
        une.code,
        une.bloc,
        une.intitule,
        une.parties,
        externe=not une.parties,
        tour=une.forme == "oral",
    )


def blocs_du_parcours(parcours: Parcours) -> dict[int, BlocAEvaluer]:
    """The blocs of a path's référentiel; the dossier must have been read."""
    return blocs_a_evaluer(parcours.dossier.certification, parcours.referentiel)


def epreuve_du_parcours(parcours: Parcours, code: str) -> EpreuveDuBloc | None:
    """An épreuve of a path by its code."""
    for bloc in blocs_du_parcours(parcours).values():
        for une in bloc.epreuves:
            if une.code == code:
                return une
    return None
