"""The positioning rules for OpenFisca, for many dossiers: the date of entry is a fact.

Written for speed as someone who knows OpenFisca-Core would write it. What depends on the
référentiel is gathered: a small array of the parameter's values, indexed by the code of each
person. The documented idiom, `parameters(period).noeud[enum]`, has been a Python loop over persons
since Core 43.4: two hundred times as long, for each parameter read, on a million persons. An Enum
variable returns integer codes, which Core takes over without looking at each person. Types stay at
32 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from openfisca_core.indexed_enums import Enum

from bench.pairs.openfisca_commun import (
    AUCUN,
    CQP,
    CQP_279,
    CQP_384,
    DEJA_CERTIFIE,
    FAE,
    INCONNU,
    INDETERMINE,
    REFUS,
    RIEN,
    RNCP_40913,
    Paquet,
    Referentiel,
    Voie,
    codes,
    heures,
    parametre,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from bench.pairs.dates import Dates


def _referentiel(
    formation: float, evaluations: float, fae: float, experience_mois: int
) -> dict[str, Any]:
    return {
        "formation": parametre(heures(formation)),
        "evaluations": parametre(heures(evaluations)),
        "fae": parametre(heures(fae)),
        "experience_mois": parametre(experience_mois),
    }


def _forfait(formation: float, evaluations: float) -> dict[str, Any]:
    return {
        "formation": parametre(heures(formation)),
        "evaluations": parametre(heures(evaluations)),
    }


PARAMETRES: Final = {
    "referentiels": {
        "rncp36358_384": _referentiel(371, 13, fae=112, experience_mois=36),
        "rncp36358_279": _referentiel(266, 13, fae=98, experience_mois=36),
        "rncp40913": _referentiel(264, 15, fae=75, experience_mois=12),
    },
    "prerequis": {"niveau": parametre(4)},
    "dispenses_384": {
        "experience_mois": parametre(12),
        "secretaire_un_an": _forfait(98, 2.5),
        "dentaire_un_an": _forfait(70, 2.75),
        "dentaire": _forfait(49, 2.25),
        "secretaire": _forfait(49, 2),
    },
    "dispenses_40913": {
        "experience_mois": parametre(24),
        "secretaire": parametre(heures(63)),
        "dentaire": parametre(heures(21)),
    },
    "afgsu": {
        "validite_mois": parametre(48),
        "marge_mois": parametre(12),
        "niveau": parametre(1),
        "module": parametre(heures(14)),
    },
}

LIGNES_384: Final = ("secretaire_un_an", "dentaire_un_an", "dentaire", "secretaire")

# The référentiel in force before the first of these days, then from each of them on.
DEBUTS: Final = ("2021-01-01", "2024-01-01", "2025-04-25", "2025-06-25", "2030-06-26")
EN_VIGUEUR: Final = np.array([AUCUN, CQP_384, CQP_279, AUCUN, RNCP_40913, AUCUN])


def _par_referentiel(
    personne: Any, period: Any, parameters: Any, nom: str, sinon: int = -1
) -> NDArray[np.int32]:
    """One parameter, gathered by the référentiel of each person."""
    noeud = parameters(period).referentiels
    valeurs = [noeud.rncp36358_384[nom], noeud.rncp36358_279[nom], noeud.rncp40913[nom]]
    par_code: NDArray[np.int32] = np.array([sinon, *valeurs], dtype=np.int32)
    return par_code[codes(personne("referentiel", period))]


def _forfait_384(personne: Any, period: Any, parameters: Any, nom: str) -> NDArray[np.int32]:
    """One half of the lump of the 384 hours, gathered by the row that applies."""
    noeud = parameters(period).dispenses_384
    valeurs = [noeud[ligne][nom] for ligne in LIGNES_384]
    par_ligne: NDArray[np.int32] = np.array([0, *valeurs], dtype=np.int32)
    resultat: NDArray[np.int32] = par_ligne[personne("ligne_384", period)]
    return resultat


def systeme(dates: Dates, *, dates_entieres: bool) -> TaxBenefitSystem:
    """The country package, for one form of dates."""
    paquet = Paquet(dates_entieres=dates_entieres)
    _conditions(paquet, dates)
    _dispenses(paquet)
    _minutes(paquet)
    return paquet.systeme(PARAMETRES)


def _conditions(paquet: Paquet, dates: Dates) -> None:
    debuts = np.array([dates.jour(debut) for debut in DEBUTS])
    premieres_formations = dates.jour(DEBUTS[0])
    decision_de_2022 = dates.jour("2022-03-17")

    @paquet.calcule(Enum, possible_values=Referentiel, default_value=Referentiel.aucun)
    def referentiel(personne: Any, period: Any) -> Any:
        return EN_VIGUEUR[np.searchsorted(debuts, personne("date_entree", period), side="right")]

    @paquet.calcule(bool)
    def prerequis(personne: Any, period: Any, parameters: Any) -> Any:
        rempli = (
            (personne("niveau_diplome", period) >= parameters(period).prerequis.niveau)
            | personne("secretaire_medical", period)
            | personne("assistant_dentaire", period)
            | personne("sage_femme", period)
            | (
                personne("experience_secretaire_mois", period)
                >= _par_referentiel(personne, period, parameters, "experience_mois")
            )
        )
        return rempli & (codes(personne("referentiel", period)) != AUCUN)

    @paquet.calcule(Enum, possible_values=Voie, default_value=Voie.refus)
    def voie(personne: Any, period: Any) -> Any:
        """The first rule that applies."""
        entree = personne("date_entree", period)
        soignant = (
            personne("ide", period)
            | personne("aide_soignant", period)
            | personne("auxiliaire_puericulture", period)
        )
        return np.select(
            [
                personne("cqp_assistant_medical", period),
                soignant & (entree >= premieres_formations),
                entree < premieres_formations,
                codes(personne("referentiel", period)) == AUCUN,
                personne("prerequis", period),
                entree < decision_de_2022,
            ],
            [DEJA_CERTIFIE, FAE, REFUS, INDETERMINE, CQP, INDETERMINE],
            default=REFUS,
        )

    @paquet.calcule(bool)
    def en_cqp(personne: Any, period: Any) -> Any:
        return codes(personne("voie", period)) == CQP

    @paquet.calcule(bool)
    def afgsu_valable(personne: Any, period: Any, parameters: Any) -> Any:
        """Valid on the day of the jury, or recent enough when the jury has no date yet."""
        afgsu = parameters(period).afgsu
        obtenue = personne("afgsu_date", period)
        entree = personne("date_entree", period)
        jury = personne("date_jury", period)
        expiration = dates.plus_mois(obtenue, afgsu.validite_mois)
        au_jury = (
            (jury >= obtenue) & (jury <= expiration) & (entree >= obtenue) & (entree <= expiration)
        )
        sans_jury = (
            (jury == dates.absente)
            & (entree >= obtenue)
            & (entree <= dates.plus_mois(obtenue, afgsu.marge_mois))
        )
        return (obtenue != dates.absente) & (au_jury | sans_jury)

    @paquet.calcule(bool)
    def afgsu_acquise(personne: Any, period: Any, parameters: Any) -> Any:
        """Level 1 only: nobody has confirmed that level 2 is accepted."""
        return (
            personne("en_cqp", period)
            & (personne("afgsu_niveau", period) == parameters(period).afgsu.niveau)
            & personne("afgsu_valable", period)
        )


def _dispenses(paquet: Paquet) -> None:
    @paquet.calcule(bool)
    def titre_dentaire(personne: Any, period: Any) -> Any:
        return personne("assistant_dentaire", period) | personne("aide_dentaire", period)

    @paquet.calcule(int)
    def ligne_384(personne: Any, period: Any, parameters: Any) -> Any:
        """Which lump of the 384 hours applies: 1 to 4, the most favourable first; 0 for none."""
        un_an = parameters(period).dispenses_384.experience_mois
        secretaire = personne("secretaire_medical", period)
        dentaire = personne("titre_dentaire", period)
        ligne = np.select(
            [
                secretaire & (personne("experience_secretaire_mois", period) >= un_an),
                dentaire & (personne("experience_dentaire_mois", period) >= un_an),
                dentaire,
                secretaire,
            ],
            [np.int32(1), np.int32(2), np.int32(3), np.int32(4)],
            default=RIEN,
        )
        concerne = personne("en_cqp", period) & (codes(personne("referentiel", period)) == CQP_384)
        return ligne * concerne

    @paquet.calcule(bool)
    def dispense_40913_secretaire(personne: Any, period: Any, parameters: Any) -> Any:
        deux_ans = parameters(period).dispenses_40913.experience_mois
        return (
            personne("en_cqp", period)
            & (codes(personne("referentiel", period)) == RNCP_40913)
            & (
                personne("secretaire_medical", period)
                | (personne("experience_secretaire_mois", period) >= deux_ans)
            )
        )

    @paquet.calcule(bool)
    def dispense_40913_dentaire(personne: Any, period: Any) -> Any:
        return (
            personne("en_cqp", period)
            & (codes(personne("referentiel", period)) == RNCP_40913)
            & personne("titre_dentaire", period)
        )


def _minutes(paquet: Paquet) -> None:
    @paquet.calcule(int)
    def minutes_dispensees(personne: Any, period: Any, parameters: Any) -> Any:
        noeud = parameters(period).dispenses_40913
        dispensees = (
            _forfait_384(personne, period, parameters, "formation")
            + personne("dispense_40913_secretaire", period) * np.int32(noeud.secretaire)
            + personne("dispense_40913_dentaire", period) * np.int32(noeud.dentaire)
        )
        return np.where(codes(personne("voie", period)) == INDETERMINE, INCONNU, dispensees)

    @paquet.calcule(int)
    def minutes_evaluations_dispensees(personne: Any, period: Any, parameters: Any) -> Any:
        forfait = _forfait_384(personne, period, parameters, "evaluations")
        return np.where(codes(personne("voie", period)) == INDETERMINE, INCONNU, forfait)

    @paquet.calcule(int)
    def minutes_formation(personne: Any, period: Any, parameters: Any) -> Any:
        acquis = personne("afgsu_acquise", period) * np.int32(parameters(period).afgsu.module)
        reste = (
            _par_referentiel(personne, period, parameters, "formation")
            - personne("minutes_dispensees", period)
            - acquis
        )
        route = codes(personne("voie", period))
        suivie = personne("attestation_fae", period)
        return np.select(
            [personne("en_cqp", period), (route == FAE) & ~suivie, route == INDETERMINE],
            [reste, _par_referentiel(personne, period, parameters, "fae"), INCONNU],
            default=RIEN,
        )

    @paquet.calcule(int)
    def minutes_evaluations(personne: Any, period: Any, parameters: Any) -> Any:
        reste = _par_referentiel(personne, period, parameters, "evaluations") - personne(
            "minutes_evaluations_dispensees", period
        )
        indetermine = codes(personne("voie", period)) == INDETERMINE
        return np.select([personne("en_cqp", period), indetermine], [reste, INCONNU], default=RIEN)

    @paquet.calcule(int)
    def minutes_total(personne: Any, period: Any) -> Any:
        formation = personne("minutes_formation", period)
        total = formation + personne("minutes_evaluations", period)
        return np.where(formation == INCONNU, INCONNU, total)
