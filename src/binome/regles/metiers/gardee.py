"""A kept answer, read back from the JSON contract: told years later, and never worked out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from binome.regles.certification import INDETERMINE
from binome.regles.metiers.positionnement import ForfaitAccorde, ModulePositionne

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.base import Base
    from binome.regles.certification import GenreDeVoie
    from binome.regles.referentiels import Referentiel


@dataclass(frozen=True)
class Gardee:
    """What pages and letters read of a kept answer; `base` only lends its words.

    `modules` is empty as soon as the base no longer knows one of them: a picture of the others would be wrong.
    """

    base: Base
    voie: str
    referentiel: Referentiel | None
    minutes: Mapping[str, int | None]
    modules: tuple[ModulePositionne, ...]
    manquants: tuple[str, ...]
    au: date | None
    plafond: bool = False
    aussi: tuple[str, ...] = ()
    forfaits: tuple[ForfaitAccorde, ...] = ()

    @property
    def genre(self) -> GenreDeVoie | None:
        """The kind of the route; None while it is not known."""
        return self.base.certification.genre(self.voie)

    @property
    def comptees(self) -> int | None:
        """The minutes by which two answers compare; None when no source gives them."""
        return self.minutes.get(self.base.certification.compte)


def lire_gardee(reponse: Mapping[str, Any], base: Base) -> Gardee:
    """An answer of the contract, in the words of a base of its certification."""
    referentiel = base.referentiels.get(reponse["referentiel"] or "")
    connus = {} if referentiel is None else {un.code: un for un in referentiel.modules}
    lus = reponse["modules"]
    modules = tuple(
        ModulePositionne(connus[un["code"]], un["statut"]) for un in lus if un["code"] in connus
    )
    return Gardee(
        base=base,
        # A route that the sheet no longer names is told as one that is not known.
        voie=reponse["voie"] if reponse["voie"] in base.certification.voies else INDETERMINE,
        referentiel=referentiel,
        minutes=reponse["minutes"],
        modules=modules if len(modules) == len(lus) else (),
        manquants=tuple(reponse["manquants"]),
        au=date.fromisoformat(reponse["au"]) if reponse["au"] else None,
        plafond=bool(reponse.get("a_confirmer")),
        aussi=tuple(un["regle"] for un in reponse.get("motifs", ()) if un["issue"] == "oui"),
        forfaits=_forfaits(reponse),
    )


def _forfaits(reponse: Mapping[str, Any]) -> tuple[ForfaitAccorde, ...]:
    """The lumps of an answer; of one kept before they had a key, what no module accounts for."""
    if "forfaits" in reponse:
        return tuple(
            ForfaitAccorde(un["bloc"], un["formation"], un["evaluations"])
            for un in reponse["forfaits"]
        )
    minutes, modules = reponse["minutes"], reponse["modules"]
    en_moins = minutes.get("dispensees") or 0
    if not en_moins or any(un["statut"] == "dispense" for un in modules):
        return ()
    return (ForfaitAccorde(None, en_moins, minutes.get("evaluations_dispensees") or 0),)
