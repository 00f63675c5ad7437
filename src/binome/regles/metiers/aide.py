"""The aid contract of one doctor or one group: eligibility, five years of money, objectives.

A contract lasts five years; each starts on an anniversary of the signature, and the scale is the one
in force that day. So each year is a decision of its own, of the same view, under its own first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

from binome.regles.basculer import JugeDUneCible, basculer
from binome.regles.bornes import UN_JOUR
from binome.regles.calendrier import ajouter_mois
from binome.regles.manquants import manquants
from binome.regles.motifs import Motif, alerte_en_json, alertes, motifs, sources_de
from binome.regles.quantites import compteur
from binome.regles.regle import NON, OUI
from binome.regles.sources import documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.basculer import Bascule
    from binome.regles.base import Base
    from binome.regles.decider import Conclusion, Etape
    from binome.regles.faits import Dossier
    from binome.regles.regle import Alerte
    from binome.regles.sources import Citation

VUE: Final = "aide"
ELIGIBILITE: Final = "aide-eligibilite"
VERSION: Final = "aide-version"
SANS_VERSION: Final = ("aucune", "aucun")
SUITE: Final = "le contrat d’aide s’ouvre"
ANNEES: Final = 5
"""The length of a contract, in years."""
MODULEE_DES: Final = 3
"""The first year that the objectives modulate."""
Eligible: TypeAlias = Literal["oui", "non", "indetermine"]


@dataclass(frozen=True, slots=True)
class Annee:
    """One year of the contract: `du` and `au` included, amounts in cents, None where unknown."""

    rang: int
    du: date
    au: date
    conclusion: Conclusion
    montants: Mapping[str, int | None]

    @property
    def aide(self) -> int | None:
        """The most that the aid may be that year."""
        return self.montants.get("aide_max_cents")

    @property
    def reste(self) -> int | None:
        """What the post costs the employer once the whole aid is received."""
        return self.montants.get("reste_employeur_cents")

    @property
    def module_par_objectifs(self) -> bool:
        """Whether the aid of that year depends on the objectives."""
        return self.rang >= MODULEE_DES

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The row of the scale that gives the aid."""
        retenue = self.conclusion.etabli.retenues["bareme-aide"]
        for etape in self.conclusion.etapes:
            if etape.regle.id == retenue:
                return etape.regle.sources
        return ()

    def en_json(self) -> dict[str, Any]:
        """The year as the JSON contract fixes it; `au` comes besides."""
        return {
            "annee": self.rang,
            "du": self.du.isoformat(),
            "au": self.au.isoformat(),
            "aide_max_cents": self.aide,
            "module_par_objectifs": self.module_par_objectifs,
            "reste_employeur_cents": self.reste,
        }


@dataclass(frozen=True)
class Aide:
    """The whole answer for one contract; what costs is worked out when it is read."""

    base: Base
    conclusion: Conclusion
    montants: Mapping[str, int | None]
    annees: tuple[Annee, ...]

    @property
    def eligible(self) -> Eligible:
        """Whether the doctor, or the group, may sign."""
        return cast("Eligible", self.conclusion.etabli.retenues[ELIGIBILITE] or "indetermine")

    @property
    def version(self) -> str | None:
        """The text that the contract is signed under; None before the first one."""
        version = self.conclusion.etabli.retenues[VERSION]
        return None if version in SANS_VERSION else version

    @property
    def signature(self) -> date | None:
        """The day that the contract is signed, which decides its version."""
        jour = self.conclusion.dossier["date_signature_contrat_aide"]
        return jour if isinstance(jour, date) else None

    @property
    def jour_des_objectifs(self) -> date | None:
        """The day when the objectives are due, where a text gives one."""
        mois = self.montants.get("delai_objectif_mois")
        if mois is None or self.signature is None:
            return None
        return ajouter_mois(self.signature, mois)

    @cached_property
    def motifs(self) -> tuple[Motif, ...]:
        """What was asked of the doctor and what was answered, then what the contract promises."""
        return tuple(motifs(self.base, self.conclusion, self._se_dit))

    def _se_dit(self, etape: Etape) -> bool:
        if etape.regle.table in (ELIGIBILITE, VERSION):
            return etape.issue != "sans_objet" and (
                etape.regle.table == ELIGIBILITE or etape.issue != "non"
            )
        role = self.base.tables[etape.regle.table].role
        return role == "informe" and etape.issue == "oui" and "oui" in etape.regle.phrases

    @cached_property
    def alertes(self) -> tuple[Alerte, ...]:
        """What the reader must know, of the contract and of each of its years, each said once."""
        conclusions = (self.conclusion, *(annee.conclusion for annee in self.annees))
        dites = {
            une.code: une for conclusion in conclusions for une in alertes(self.base, conclusion)
        }
        return tuple(dites.values())

    def sources_de(self, alerte: Alerte) -> tuple[Citation, ...]:
        """Where the rule that raised an alert comes from."""
        conclusions = (self.conclusion, *(annee.conclusion for annee in self.annees))
        return next((lues for un in conclusions if (lues := sources_de(un, alerte))), ())

    @cached_property
    def manquants(self) -> tuple[str, ...]:
        """The unknown facts that still matter to the answer or to the money."""
        if self.eligible == "non":
            return ()
        # The third year reads all that a year may read: the band of activity among it.
        lues = [self.conclusion, *(annee.conclusion for annee in self.annees[2:3])]
        noms = (nom for un in lues for nom in manquants(self.base, un.dossier, un.etabli))
        return tuple(dict.fromkeys(noms))

    @cached_property
    def pour_changer(self) -> tuple[Bascule, ...]:
        """Every minimal set of changes that would make the doctor eligible, the lightest first."""
        if self.eligible == OUI:
            return ()
        juge = JugeDUneCible(self.base, ELIGIBILITE)
        trouvees = basculer(self.base, self.conclusion.dossier, 2, juge)
        return tuple(un for un in trouvees if un.etabli.retenues[ELIGIBILITE] == OUI)

    def en_json(self) -> dict[str, Any]:
        """The answer as the JSON contract fixes it."""
        motifs_dits = [motif.en_json() for motif in self.motifs]
        alertes_dites = [alerte_en_json(une, self.sources_de(une)) for une in self.alertes]
        return {
            "eligible": self.eligible,
            "version": self.version,
            "annees": [annee.en_json() for annee in self.annees],
            "objectifs": {
                "mt_plus": self.montants.get("mt_plus"),
                "fa_plus": self.montants.get("fa_plus"),
                "echeance": None
                if self.jour_des_objectifs is None
                else self.jour_des_objectifs.isoformat(),
            },
            "motifs": motifs_dits,
            "manquants": list(self.manquants),
            "pour_changer": [
                un.en_json(self.base, {"eligible": OUI}, SUITE) for un in self.pour_changer
            ],
            "alertes": alertes_dites,
            "documents": documents((*motifs_dits, *alertes_dites), self.base.sources),
            "base": self.base.empreinte,
            "au": None if self.signature is None else self.signature.isoformat(),
        }


def annees_du_contrat(vue: Base, dossier: Dossier) -> Iterator[Annee]:
    """Each year of a contract; none while the day of the signature is unknown."""
    signature = dossier["date_signature_contrat_aide"]
    if not isinstance(signature, date):
        return
    for rang in range(1, ANNEES + 1):
        # Counted from the signature, not from year to year: a 29 February comes back in leap years.
        du, suivante = (ajouter_mois(signature, 12 * nombre) for nombre in (rang - 1, rang))
        conclusion = vue.moteur.decider({**dossier, "annee": rang, "debut_annee": du})
        montants = compteur(vue).compter(conclusion.etabli, conclusion.dossier)
        yield Annee(rang, du, suivante - UN_JOUR, conclusion, montants)


def aider(base: Base, dossier: Dossier) -> Aide:
    """The aid contract for one dossier of the view `aide`."""
    vue = base.vue(VUE)
    annees = tuple(annees_du_contrat(vue, dossier))
    if annees:
        premiere = annees[0]
        # A refused contract promises no money.
        refusee = premiere.conclusion.etabli.retenues[ELIGIBILITE] == NON
        return Aide(vue, premiere.conclusion, premiere.montants, () if refusee else annees)
    conclusion = vue.moteur.decider(dossier)
    return Aide(vue, conclusion, compteur(vue).compter(conclusion.etabli, conclusion.dossier), ())
