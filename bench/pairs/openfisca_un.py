"""The positioning rules for OpenFisca, for one dossier: the period is the day of entry.

OpenFisca's own way of dating legislation: parameters have a value from each date on, formulas too
(`formula_2025_06_25`), and only those of the day run. For one person it saves a third of the
time of the other package, which must look every date up. Dates are whole numbers here (see
`dates`), which is a little faster still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from openfisca_core.indexed_enums import Enum

from bench.pairs.dates import ENTIERES
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
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

DEBUT_384: Final = "2021-01-01"
DECISION_DE_2022: Final = "2022-03-17"
DEBUT_279: Final = "2024-01-01"
FIN_36358: Final = "2025-04-25"
DEBUT_40913: Final = "2025-06-25"
FIN_40913: Final = "2030-06-26"
ORIGINE: Final = "1900-01-01"


def _par_ere(en_384: int, en_279: int, en_40913: int, sinon: int = -1) -> dict[str, Any]:
    """A parameter that each référentiel sets, and its value where none is in force."""
    return parametre(
        {
            ORIGINE: sinon,
            DEBUT_384: en_384,
            DEBUT_279: en_279,
            FIN_36358: sinon,
            DEBUT_40913: en_40913,
            FIN_40913: sinon,
        }
    )


PARAMETRES: Final = {
    "referentiel": _par_ere(int(CQP_384), int(CQP_279), int(RNCP_40913), sinon=int(AUCUN)),
    "formation": _par_ere(heures(371), heures(266), heures(264)),
    "evaluations": _par_ere(heures(13), heures(13), heures(15)),
    "fae": _par_ere(heures(112), heures(98), heures(75)),
    "prerequis_niveau": parametre(4),
    "prerequis_experience_mois": parametre({DEBUT_384: 36, DEBUT_40913: 12}),
    "dispense_experience_mois": parametre({DEBUT_384: 12, DEBUT_40913: 24}),
    "forfait_formation": parametre({DEBUT_384: [0, *map(heures, (98, 70, 49, 49))]}),
    "forfait_evaluations": parametre({DEBUT_384: [0, *map(heures, (2.5, 2.75, 2.25, 2))]}),
    "dispense_secretaire": parametre(heures(63)),
    "dispense_dentaire": parametre(heures(21)),
    "afgsu_validite_mois": parametre(48),
    "afgsu_marge_mois": parametre(12),
    "afgsu_module": parametre(heures(14)),
}


def systeme() -> TaxBenefitSystem:
    """The country package."""
    paquet = Paquet(dates_entieres=True)
    _conditions(paquet)
    _dispenses(paquet)
    _minutes(paquet)
    return paquet.systeme(PARAMETRES)


def _conditions(paquet: Paquet) -> None:
    @paquet.calcule(Enum, possible_values=Referentiel, default_value=Referentiel.aucun)
    def referentiel(personne: Any, period: Any, parameters: Any) -> Any:
        return np.full(personne.count, parameters(period).referentiel, dtype=np.int16)

    @paquet.calcule(bool)
    def prerequis(personne: Any, period: Any, parameters: Any) -> Any:
        seuils = parameters(period)
        return (
            (personne("niveau_diplome", period) >= seuils.prerequis_niveau)
            | personne("secretaire_medical", period)
            | personne("assistant_dentaire", period)
            | personne("sage_femme", period)
            | (personne("experience_secretaire_mois", period) >= seuils.prerequis_experience_mois)
        )

    def certifie_ou_soignant(personne: Any, period: Any) -> list[Any]:
        soignant = (
            personne("ide", period)
            | personne("aide_soignant", period)
            | personne("auxiliaire_puericulture", period)
        )
        return [personne("cqp_assistant_medical", period), soignant]

    def avant_2021(personne: Any, period: Any) -> Any:
        return np.where(personne("cqp_assistant_medical", period), DEJA_CERTIFIE, REFUS)

    def hors_fenetre(personne: Any, period: Any) -> Any:
        conditions = certifie_ou_soignant(personne, period)
        return np.select(conditions, [DEJA_CERTIFIE, FAE], INDETERMINE)

    def avant_la_decision(personne: Any, period: Any) -> Any:
        conditions = [*certifie_ou_soignant(personne, period), personne("prerequis", period)]
        return np.select(conditions, [DEJA_CERTIFIE, FAE, CQP], INDETERMINE)

    def en_fenetre(personne: Any, period: Any) -> Any:
        conditions = [*certifie_ou_soignant(personne, period), personne("prerequis", period)]
        return np.select(conditions, [DEJA_CERTIFIE, FAE, CQP], REFUS)

    paquet.calcule_par_date(
        "voie",
        Enum,
        {
            ORIGINE: avant_2021,
            DEBUT_384: avant_la_decision,
            DECISION_DE_2022: en_fenetre,
            FIN_36358: hors_fenetre,
            DEBUT_40913: en_fenetre,
            FIN_40913: hors_fenetre,
        },
        possible_values=Voie,
        default_value=Voie.refus,
    )

    @paquet.calcule(bool)
    def en_cqp(personne: Any, period: Any) -> Any:
        return codes(personne("voie", period)) == CQP

    @paquet.calcule(bool)
    def afgsu_acquise(personne: Any, period: Any, parameters: Any) -> Any:
        """Valid on the day of the jury, or recent enough when the jury has no date yet.

        Level 1 only: nobody has confirmed that level 2 is accepted.
        """
        seuils = parameters(period)
        obtenue = personne("afgsu_date", period)
        entree = personne("date_entree", period)
        jury = personne("date_jury", period)
        expiration = ENTIERES.plus_mois(obtenue, seuils.afgsu_validite_mois)
        marge = ENTIERES.plus_mois(obtenue, seuils.afgsu_marge_mois)
        valable = (entree >= obtenue) & (
            ((jury >= obtenue) & (jury <= expiration) & (entree <= expiration))
            | ((jury == ENTIERES.absente) & (entree <= marge))
        )
        return (
            valable
            & (obtenue != ENTIERES.absente)
            & personne("en_cqp", period)
            & (personne("afgsu_niveau", period) == 1)
        )


def _dispenses(paquet: Paquet) -> None:
    def titre_dentaire(personne: Any, period: Any) -> Any:
        return personne("assistant_dentaire", period) | personne("aide_dentaire", period)

    @paquet.calcule(int)
    def ligne_384(personne: Any, period: Any, parameters: Any) -> Any:
        """Which lump of the 384 hours applies: 1 to 4, the most favourable first; 0 for none."""
        un_an = parameters(period).dispense_experience_mois
        secretaire = personne("secretaire_medical", period)
        dentaire = titre_dentaire(personne, period)
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
        return ligne * personne("en_cqp", period)

    def ou_inconnu(personne: Any, period: Any, minutes: Any) -> Any:
        return np.where(codes(personne("voie", period)) == INDETERMINE, INCONNU, minutes)

    def forfait(personne: Any, period: Any, parameters: Any) -> Any:
        valeurs = np.array(parameters(period).forfait_formation, dtype=np.int32)
        return ou_inconnu(personne, period, valeurs[personne("ligne_384", period)])

    def forfait_evaluations(personne: Any, period: Any, parameters: Any) -> Any:
        valeurs = np.array(parameters(period).forfait_evaluations, dtype=np.int32)
        return ou_inconnu(personne, period, valeurs[personne("ligne_384", period)])

    def rien(personne: Any, period: Any) -> Any:  # noqa: ARG001 - Core passes both
        return RIEN

    def rien_de_connu(personne: Any, period: Any) -> Any:
        return ou_inconnu(personne, period, RIEN)

    def modules(personne: Any, period: Any, parameters: Any) -> Any:
        """The two exemptions of the RNCP 40913 add up."""
        seuils = parameters(period)
        secretaire = personne("secretaire_medical", period) | (
            personne("experience_secretaire_mois", period) >= seuils.dispense_experience_mois
        )
        minutes = secretaire * np.int32(seuils.dispense_secretaire) + titre_dentaire(
            personne, period
        ) * np.int32(seuils.dispense_dentaire)
        return minutes * personne("en_cqp", period)

    paquet.calcule_par_date(
        "minutes_dispensees",
        int,
        {
            DEBUT_384: forfait,
            DEBUT_279: rien,
            FIN_36358: rien_de_connu,
            DEBUT_40913: modules,
            FIN_40913: rien_de_connu,
        },
    )
    paquet.calcule_par_date(
        "minutes_evaluations_dispensees",
        int,
        {
            DEBUT_384: forfait_evaluations,
            DEBUT_279: rien,
            FIN_36358: rien_de_connu,
            DEBUT_40913: rien,
            FIN_40913: rien_de_connu,
        },
    )


def _minutes(paquet: Paquet) -> None:
    @paquet.calcule(int)
    def minutes_formation(personne: Any, period: Any, parameters: Any) -> Any:
        heures_du_jour = parameters(period)
        acquis = personne("afgsu_acquise", period) * np.int32(heures_du_jour.afgsu_module)
        reste = heures_du_jour.formation - personne("minutes_dispensees", period) - acquis
        route = codes(personne("voie", period))
        return np.select(
            [
                personne("en_cqp", period),
                (route == FAE) & ~personne("attestation_fae", period),
                route == INDETERMINE,
            ],
            [reste, np.int32(heures_du_jour.fae), INCONNU],
            default=RIEN,
        )

    @paquet.calcule(int)
    def minutes_evaluations(personne: Any, period: Any, parameters: Any) -> Any:
        reste = parameters(period).evaluations - personne("minutes_evaluations_dispensees", period)
        indetermine = codes(personne("voie", period)) == INDETERMINE
        return np.select([personne("en_cqp", period), indetermine], [reste, INCONNU], default=RIEN)

    @paquet.calcule(int)
    def minutes_total(personne: Any, period: Any) -> Any:
        formation = personne("minutes_formation", period)
        total = formation + personne("minutes_evaluations", period)
        return np.where(formation == INCONNU, INCONNU, total)
