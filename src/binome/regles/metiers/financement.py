"""Who pays for the training: every route with yes, no or unknown, why, what would open it, the cost.

A route is one table of requirements of the view `financement`, and its amounts. Each is decided on
its own, so that what is missing, or what would open it, is said of that route alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

from binome.regles.basculer import JugeDUneCible, basculer
from binome.regles.manquants import manquants
from binome.regles.metiers.situer import manquants_pour_situer, situer
from binome.regles.motifs import Motif, alerte_en_json, alertes, motifs, sources_de
from binome.regles.quantites import compteur
from binome.regles.regle import NON, OUI
from binome.regles.sources import documents
from binome.regles.vues import sur

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from binome.regles.basculer import Bascule
    from binome.regles.base import Base
    from binome.regles.decider import Conclusion, Etape
    from binome.regles.faits import Dossier
    from binome.regles.regle import Alerte
    from binome.regles.sources import Citation

VUE: Final = "financement"
PREFIXE: Final = "voie-"
POSTES: Final = ("pedagogie", "salaire", "annexes", "reste_employeur", "reste_personne")
SUITE: Final = "cette voie s’ouvre"
AU_PLUS: Final = 2
"""How many changes at once are looked for, to open a route."""
IssueDeVoie: TypeAlias = Literal["oui", "non", "indetermine"]
ORDRE: Final[Mapping[IssueDeVoie, int]] = {"oui": 0, "indetermine": 1, "non": 2}


def code_de_la_voie(table: str) -> str:
    """`voie-pro-a` → `pro_a`."""
    return table.removeprefix(PREFIXE).replace("-", "_")


@lru_cache(maxsize=256)
def vue_de_la_voie(base: Base, cible: str) -> Base:
    """The view of one route: its requirements, its scales, its amounts, its alerts and forms."""
    vue = base.vue(VUE)
    code = code_de_la_voie(cible)
    montants = {nom: un for nom, un in vue.montants.items() if nom.startswith(f"{code}_")}
    return sur(vue, cible, montants)


@dataclass(frozen=True)
class VoieDeFinancement:
    """A route for one dossier; what costs is worked out when it is read."""

    base: Base
    cible: str
    conclusion: Conclusion
    montants: Mapping[str, int | None]
    pour_situer: Callable[[], tuple[str, ...]]
    """What keeps the positioning open, which is the same for every route: worked out once, if ever."""

    @property
    def code(self) -> str:
        """The name of the route in the JSON contract."""
        return code_de_la_voie(self.cible)

    @property
    def titre(self) -> str:
        """The route in words."""
        return self.base.tables[self.cible].titre

    @property
    def issue(self) -> IssueDeVoie:
        """Whether the route is open: yes, no, or unknown."""
        return cast("IssueDeVoie", self.conclusion.etabli.retenues[self.cible] or "indetermine")

    @cached_property
    def motifs(self) -> tuple[Motif, ...]:
        """Every requirement in force and what it answers, then the forms and deadlines."""
        return tuple(motifs(self.base, self.conclusion, self._se_dit))

    def _se_dit(self, etape: Etape) -> bool:
        role = self.base.tables[etape.regle.table].role
        if etape.regle.table == self.cible:
            return etape.issue != "sans_objet"
        return role == "informe" and etape.issue == "oui" and "oui" in etape.regle.phrases

    @cached_property
    def alertes(self) -> tuple[Alerte, ...]:
        """What the reader must know of this route."""
        return tuple(alertes(self.base, self.conclusion))

    def sources_de(self, alerte: Alerte) -> tuple[Citation, ...]:
        """Where the rule that raised an alert comes from."""
        return sources_de(self.conclusion, alerte)

    @cached_property
    def manquants(self) -> tuple[str, ...]:
        """The unknown facts that still matter to this route or to its cost."""
        if self.issue == "non":
            return ()
        dossier = self.conclusion.dossier
        noms = manquants(self.base, dossier, self.conclusion.etabli)
        if "heures_formation" in noms:
            # The positioning gives the hours as well: its own questions are easier to answer.
            noms = [*self.pour_situer(), *noms]
        return tuple(dict.fromkeys(noms))

    @cached_property
    def pour_changer(self) -> tuple[Bascule, ...]:
        """Every minimal set of changes that would open the route, the lightest first."""
        if self.issue == OUI:
            return ()
        juge = JugeDUneCible(self.base, self.cible)
        trouvees = basculer(self.base, self.conclusion.dossier, AU_PLUS, juge)
        return tuple(un for un in trouvees if un.etabli.retenues[self.cible] == OUI)

    def en_json(self) -> dict[str, Any]:
        """The route as the JSON contract fixes it."""
        return {
            "code": self.code,
            "issue": self.issue,
            "motifs": [motif.en_json() for motif in self.motifs],
            "manquants": list(self.manquants),
            "pour_changer": [
                un.en_json(self.base, {"issue": OUI}, SUITE) for un in self.pour_changer
            ],
            "montants_cents": dict(self.montants),
            "alertes": [alerte_en_json(une, self.sources_de(une)) for une in self.alertes],
        }


@dataclass(frozen=True)
class Financement:
    """Every route for one dossier, in the order of the base."""

    base: Base
    dossier: Dossier
    voies: tuple[VoieDeFinancement, ...]

    @property
    def par_issue(self) -> tuple[VoieDeFinancement, ...]:
        """The routes that are open first, then those that may be, then the closed ones."""
        return tuple(sorted(self.voies, key=lambda voie: ORDRE[voie.issue]))

    @property
    def manquants(self) -> tuple[str, ...]:
        """The unknown facts that matter to a route at least, in the order of the routes."""
        return tuple(dict.fromkeys(nom for voie in self.voies for nom in voie.manquants))

    @property
    def au(self) -> date | None:
        """The date whose rules were applied."""
        entree = self.dossier["date_entree"]
        return entree if isinstance(entree, date) else None

    def en_json(self) -> dict[str, Any]:
        """The answer as the JSON contract fixes it."""
        voies = [voie.en_json() for voie in self.voies]
        cites = (un for voie in voies for cle in ("motifs", "alertes") for un in voie[cle])
        return {
            "voies": voies,
            "documents": documents(cites, self.base.sources),
            "base": self.base.empreinte,
            "au": None if self.au is None else self.au.isoformat(),
        }


def _voie(
    base: Base, cible: str, dossier: Dossier, pour_situer: Callable[[], tuple[str, ...]]
) -> VoieDeFinancement:
    vue = vue_de_la_voie(base, cible)
    code = code_de_la_voie(cible)
    conclusion = vue.moteur.decider(dossier)
    # A closed route promises nothing.
    fermee = conclusion.etabli.retenues[cible] == NON
    comptes = {} if fermee else compteur(vue).compter(conclusion.etabli, dossier)
    montants = {poste: comptes.get(f"{code}_{poste}_cents") for poste in POSTES}
    return VoieDeFinancement(vue, cible, conclusion, montants, pour_situer)


def financer(base: Base, dossier: Dossier) -> Financement:
    """Every route to the training for one dossier of the view `financement`."""
    vue = base.vue(VUE)
    situe = situer(vue, dossier)

    @cache
    def pour_situer() -> tuple[str, ...]:
        return tuple(manquants_pour_situer(vue, situe))

    voies = tuple(_voie(base, cible, situe, pour_situer) for cible in vue.question.cibles)
    return Financement(vue, situe, voies)
