"""What the two OpenFisca packages share: the entity, the answers' names, the inputs.

OpenFisca dates legislation by the period of a calculation, and a calculation has a single one.
That suits one dossier (`openfisca_un`), whose period is its day of entry. A million dossiers have
two thousand days of entry: there the date is a fact like another and one simulation holds them all
(`openfisca_lot`). Each package is timed where it is the faster of the two.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

INCONNU: Final = np.int32(-1)
"""Minutes that the rules leave open: OpenFisca has no unknown."""

RIEN: Final = np.int32(0)

Personne: Final = build_entity(
    key="personne", plural="personnes", label="Une personne qui demande à se former", is_person=True
)


class Referentiel(Enum):  # type: ignore[misc] # OpenFisca carries no types
    """The version of the certification on the day of entry."""

    aucun = "Aucun référentiel actif"
    rncp36358_384 = "CQP de 384 heures"
    rncp36358_279 = "CQP de 279 heures"
    rncp40913 = "RNCP 40913"


class Voie(Enum):  # type: ignore[misc] # the same
    """The route."""

    cqp = "CQP"
    fae = "FAE"
    deja_certifie = "Déjà certifié"
    refus = "Refus"
    indetermine = "Indéterminé"


# The codes of both enumerations, in order.
AUCUN, CQP_384, CQP_279, RNCP_40913 = (np.int16(code) for code in range(4))
CQP, FAE, DEJA_CERTIFIE, REFUS, INDETERMINE = (np.int16(code) for code in range(5))

DATES: Final = ("date_entree", "afgsu_date", "date_jury")
ENTIERS: Final = (
    "niveau_diplome",
    "experience_secretaire_mois",
    "experience_dentaire_mois",
    "afgsu_niveau",
)
DIPLOMES: Final = (
    "ide",
    "aide_soignant",
    "auxiliaire_puericulture",
    "secretaire_medical",
    "assistant_dentaire",
    "aide_dentaire",
    "sage_femme",
    "cqp_assistant_medical",
    "attestation_fae",
)
FAITS: Final = (*DATES, *ENTIERS, *DIPLOMES)
SORTIES: Final = (
    "voie",
    "referentiel",
    "minutes_formation",
    "minutes_evaluations",
    "minutes_total",
    "minutes_dispensees",
    "minutes_evaluations_dispensees",
)


def codes(enumeration: NDArray[np.int16]) -> NDArray[np.int16]:
    """The integers behind an EnumArray: comparing and indexing them is plain NumPy."""
    return enumeration.view(np.ndarray)


def heures(nombre: float) -> int:
    """Hours as minutes."""
    return round(nombre * 60)


def parametre(valeurs: int | dict[str, Any]) -> dict[str, Any]:
    """A parameter: one value throughout, or one from each date on."""
    dates = valeurs if isinstance(valeurs, dict) else {"1900-01-01": valeurs}
    return {"values": {debut: {"value": valeur} for debut, valeur in dates.items()}}


class Paquet:
    """A country package being written: its inputs, then one formula after another."""

    def __init__(self, *, dates_entieres: bool) -> None:
        genres = {
            **dict.fromkeys(DATES, int if dates_entieres else date),
            **dict.fromkeys(ENTIERS, int),
            **dict.fromkeys(DIPLOMES, bool),
        }
        self._variables = [self._variable(nom, genre) for nom, genre in genres.items()]

    @staticmethod
    def _variable(nom: str, value_type: type, **reste: Any) -> type[Variable]:
        """Core names a variable after its class, and reads only the class's own attributes."""
        commun = {"entity": Personne, "definition_period": DateUnit.DAY, "value_type": value_type}
        return type(nom, (Variable,), {**commun, **reste})

    def calcule(
        self, value_type: type, **reste: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Makes a function the formula of the variable of that name."""

        def enregistrer(formule: Callable[..., Any]) -> Callable[..., Any]:
            self._variables.append(
                self._variable(formule.__name__, value_type, formula=formule, **reste)
            )
            return formule

        return enregistrer

    def calcule_par_date(
        self, nom: str, value_type: type, formules: dict[str, Callable[..., Any]], **reste: Any
    ) -> None:
        """A variable whose formula changes with the period: one from each date on."""
        datees = {f"formula_{debut.replace('-', '_')}": une for debut, une in formules.items()}
        self._variables.append(self._variable(nom, value_type, **datees, **reste))

    def systeme(self, parametres: dict[str, Any]) -> TaxBenefitSystem:
        """The legislation, loaded."""
        legislation = TaxBenefitSystem([Personne])
        legislation.parameters = ParameterNode("", data=parametres)
        legislation.add_variables(*self._variables)
        return legislation
