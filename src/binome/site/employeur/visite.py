"""What an employer said, wholly held by the address: the facts of the aid, the steps done, the tasks, the prices.

Nothing is stored. Money is typed in euros and read in cents; what cannot be read is said beside its field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from binome.habillage.saisie import lire_saisie
from binome.regles.taches import taches
from binome.site.aide.views import lire as lire_le_contrat
from binome.site.employeur.etapes import etapes
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.site.simulateur.parcours import ParcoursDeQuestions

FAIT: Final = "fait"
TACHE: Final = "tache"
PRIX: Final = ("plein", "brut_plein", "groupement", "telephone")
"""The prices that only the person knows, by the month: a full-time post with contributions, its gross wage alone, what
a groupement bills for the time asked for, what a telephone secretariat bills."""
MOIS: Final = 12
COUT: Final = "salaire_charge_mensuel_cents"


@dataclass(frozen=True)
class VisiteDEmployeur:
    """A visit. `prix` in cents by the month; `refus` names what was typed and cannot be read, and why."""

    parcours: ParcoursDeQuestions[ContratDAide]
    faites: tuple[str, ...]
    confiees: tuple[str, ...]
    prix: dict[str, int]
    saisies: dict[str, str]
    refus: dict[str, str] = field(default_factory=dict)

    @property
    def contrat(self) -> ContratDAide:
        """The aid contract and its clocks, of the same facts."""
        return self.parcours.reponse

    @property
    def embauche(self) -> date | None:
        """The day of the hiring."""
        return self._jour("date_prise_fonction")

    @property
    def signature(self) -> date | None:
        """The day of the aid contract."""
        return self._jour("date_signature_contrat_aide")

    def _jour(self, nom: str) -> date | None:
        jour = self.parcours.dossier[nom]
        return jour if isinstance(jour, date) else None

    def paires(self, *, sans: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """All that the address holds, but for some names."""
        dites = [
            *self.parcours.paires(),
            *self.saisies.items(),
            *((FAIT, un) for un in self.faites),
            *((TACHE, un) for un in self.confiees),
        ]
        yield from ((nom, dit) for nom, dit in dites if nom not in sans)

    def requete(self, *, sans: tuple[str, ...] = (), plus: tuple[tuple[str, str], ...] = ()) -> str:
        """The query that holds it, but for some names, with something more."""
        return urlencode([*self.paires(sans=sans), *plus])

    def bascule(self, etape: str) -> str:
        """The query that turns a step done, or to do again."""
        faites = [un for un in self.faites if un != etape]
        if len(faites) == len(self.faites):
            faites.append(etape)
        return self.requete(sans=(FAIT,), plus=tuple((FAIT, un) for un in faites))


def lire_la_visite(requete: QueryDict) -> VisiteDEmployeur:
    """The visit that an address holds; names that are no step and no task are left out."""
    parcours = lire_le_contrat(requete)
    definition = parcours.base.faits[COUT]
    prix: dict[str, int] = {}
    saisies: dict[str, str] = {}
    refus = dict(parcours.refus)
    for nom in PRIX:
        saisi = requete.get(nom, "").strip()
        if not saisi:
            continue
        saisies[nom] = saisi
        try:
            lu = lire_saisie(definition, [saisi])
        except ValueError as raison:
            refus[nom] = f"{majuscule(str(raison).rstrip('.'))}."
        else:
            if isinstance(lu, int):
                prix[nom] = lu
    connues = {une.code for une in taches()}
    faites = dict.fromkeys(un for un in requete.getlist(FAIT) if un in etapes().connues)
    confiees = dict.fromkeys(un for un in requete.getlist(TACHE) if un in connues)
    return VisiteDEmployeur(parcours, tuple(faites), tuple(confiees), prix, saisies, refus)
