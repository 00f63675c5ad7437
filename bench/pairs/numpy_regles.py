"""The positioning rules in NumPy, by hand, rule after rule, as an analyst would write them.

One array per fact, one boolean array per rule, `select` where the first rule that applies decides.
Not a compiled lookup table, which would be faster still and which nobody could read against its sources.
There is no trace: an analyst has the arrays, and nothing says why a row got its answer.

The answer to an unknown is written by hand too: a missing date is a value of its own, minutes that
the rules leave open are -1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bench.pairs.dates import Dates

    Booleens: TypeAlias = NDArray[np.bool_]
    Entiers: TypeAlias = NDArray[np.int32]
    Jours: TypeAlias = NDArray[Any]


class Faits(NamedTuple):
    """The facts of every dossier, one array each."""

    date_entree: Jours
    afgsu_date: Jours
    date_jury: Jours
    niveau_diplome: Entiers
    experience_secretaire_mois: Entiers
    experience_dentaire_mois: Entiers
    afgsu_niveau: Entiers
    ide: Booleens
    aide_soignant: Booleens
    auxiliaire_puericulture: Booleens
    secretaire_medical: Booleens
    assistant_dentaire: Booleens
    aide_dentaire: Booleens
    sage_femme: Booleens
    cqp_assistant_medical: Booleens
    attestation_fae: Booleens


class Reponses(NamedTuple):
    """The answers, one array each; `voie` and `referentiel` are codes."""

    voie: NDArray[np.int8]
    referentiel: NDArray[np.int8]
    formation: Entiers
    evaluations: Entiers
    total: Entiers
    dispensees: Entiers
    evaluations_dispensees: Entiers


CQP, FAE, DEJA_CERTIFIE, REFUS, INDETERMINE = (np.int8(code) for code in range(5))
AUCUN, CQP_384, CQP_279, RNCP_40913 = (np.int8(code) for code in range(4))
INCONNU: Final = np.int32(-1)


def _minutes(*heures: float) -> list[np.int32]:
    return [np.int32(nombre * 60) for nombre in heures]


H_0, H_14, H_21, H_63 = _minutes(0, 14, 21, 63)


class Regles:
    """The rules for one form of dates."""

    def __init__(self, dates: Dates) -> None:
        self.dates = dates
        self.debut_384, self.fin_384 = dates.jour("2021-01-01"), dates.jour("2023-12-31")
        self.debut_279, self.fin_279 = dates.jour("2024-01-01"), dates.jour("2025-04-24")
        self.debut_40913, self.fin_40913 = dates.jour("2025-06-25"), dates.jour("2030-06-25")
        self.decision_de_2022 = dates.jour("2022-03-17")

    def afgsu_valable(self, f: Faits) -> Booleens:
        """Valid on the day of the jury, or recent enough when the jury has no date yet."""
        expiration = self.dates.plus_mois(f.afgsu_date, 48)
        au_jury = (
            (f.date_jury >= f.afgsu_date)
            & (f.date_jury <= expiration)
            & (f.date_entree >= f.afgsu_date)
            & (f.date_entree <= expiration)
        )
        sans_jury = (
            (f.date_jury == self.dates.absente)
            & (f.date_entree >= f.afgsu_date)
            & (f.date_entree <= self.dates.plus_mois(f.afgsu_date, 12))
        )
        valable: Booleens = (f.afgsu_date != self.dates.absente) & (au_jury | sans_jury)
        return valable

    def positionner(self, f: Faits) -> Reponses:
        """Every rule, over every dossier."""
        entree = f.date_entree

        # The référentiel of the day of entry
        en_384 = (entree >= self.debut_384) & (entree <= self.fin_384)
        en_279 = (entree >= self.debut_279) & (entree <= self.fin_279)
        en_40913 = (entree >= self.debut_40913) & (entree <= self.fin_40913)
        eres = [en_384, en_279, en_40913]
        en_36358 = en_384 | en_279
        actif = en_36358 | en_40913

        # The prerequisites
        prerequis = (
            (actif & (f.niveau_diplome >= 4))
            | (actif & f.secretaire_medical)
            | (actif & f.assistant_dentaire)
            | (actif & f.sage_femme)
            | (en_36358 & (f.experience_secretaire_mois >= 36))
            | (en_40913 & (f.experience_secretaire_mois >= 12))
        )

        # The route: the first rule that applies
        soignant = f.ide | f.aide_soignant | f.auxiliaire_puericulture
        voie = np.select(
            [
                f.cqp_assistant_medical,
                soignant & (entree >= self.debut_384),
                entree < self.debut_384,
                ~actif,
                prerequis,
                entree < self.decision_de_2022,
            ],
            [DEJA_CERTIFIE, FAE, REFUS, INDETERMINE, CQP, INDETERMINE],
            REFUS,
        )
        cqp = voie == CQP
        fae = voie == FAE
        indetermine = voie == INDETERMINE

        # Exemptions of the 384 hours: one lump, the most favourable
        dentaire = f.assistant_dentaire | f.aide_dentaire
        lignes_384 = [
            cqp & en_384 & f.secretaire_medical & (f.experience_secretaire_mois >= 12),
            cqp & en_384 & dentaire & (f.experience_dentaire_mois >= 12),
            cqp & en_384 & dentaire,
            cqp & en_384 & f.secretaire_medical,
        ]
        forfait = np.select(lignes_384, _minutes(98, 70, 49, 49), H_0)
        forfait_evaluations = np.select(lignes_384, _minutes(2.5, 2.75, 2.25, 2), H_0)

        # Exemptions of the RNCP 40913: modules, which add up
        secretaire = f.secretaire_medical | (f.experience_secretaire_mois >= 24)
        modules = np.where(cqp & en_40913 & secretaire, H_63, H_0)
        modules += np.where(cqp & en_40913 & dentaire, H_21, H_0)

        # The AFGSU: level 1 only, since nobody has confirmed that level 2 is accepted
        acquis = np.where(cqp & (f.afgsu_niveau == 1) & self.afgsu_valable(f), H_14, H_0)

        # The hours
        formation_cqp = np.select(eres, _minutes(371, 266, 264), INCONNU)
        evaluations_cqp = np.select(eres, _minutes(13, 13, 15), INCONNU)
        heures_fae = np.select([f.attestation_fae, *eres], _minutes(0, 112, 98, 75), INCONNU)
        dispensees = forfait + modules
        formation = np.select(
            [cqp, fae, indetermine],
            [formation_cqp - dispensees - acquis, heures_fae, INCONNU],
            H_0,
        )
        evaluations = np.select(
            [cqp, indetermine], [evaluations_cqp - forfait_evaluations, INCONNU], H_0
        )
        return Reponses(
            voie=voie,
            referentiel=np.select(eres, [CQP_384, CQP_279, RNCP_40913], AUCUN),
            formation=formation,
            evaluations=evaluations,
            total=np.where(formation == INCONNU, INCONNU, formation + evaluations),
            dispensees=np.where(indetermine, INCONNU, dispensees),
            evaluations_dispensees=np.where(indetermine, INCONNU, forfait_evaluations),
        )
