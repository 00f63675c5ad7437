"""Five years of one aid contract: the money of each year, and what is due in it.

The aid and the clocks are two answers to the same facts; here they are laid on one line of time,
for the page, the paper and the calendar file, that say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from binome.agenda.echeances import VUE as VUE_DES_ECHEANCES
from binome.agenda.echeances import Echeance, Echeances, echeances
from binome.regles.manquants import inconnus
from binome.regles.metiers.aide import ELIGIBILITE, VUE, Aide, Annee, aider
from binome.regles.regle import Bareme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.regles.base import Base
    from binome.regles.faits import Dossier
    from binome.regles.motifs import Motif
    from binome.regles.sources import Citation

DEMANDEES: Final = ("date_prise_fonction", "secretaire_promue")
"""What the clocks wait for and an employer knows: asked after what the aid waits for."""
A_PRECISER: Final = ("contrat_collectif", "medecins", "territoire", "date_entree")
"""What an employer may add: each has a default, or changes one line only."""
COLLECTIF: Final = "collectif_2026"
_BAREMES: Final = ("bareme-aide", "colonne-aide")


@dataclass(frozen=True, slots=True)
class AnneeDuContrat:
    """One year: its money, and the clocks that fall in it.

    `recu` is the aid of every contract of the post together; `manquants` are the facts that would
    give an unknown aid, none when no source does.
    """

    annee: Annee
    recu: int | None
    cout: int | None
    manquants: tuple[str, ...]
    echeances: tuple[Echeance, ...]

    @property
    def reste(self) -> int | None:
        """What is left to pay; below zero when the aid is more than the cost."""
        return self.annee.reste


@dataclass(frozen=True)
class ContratDAide:
    """The whole answer to an employer: the aid and the clocks of the same facts."""

    base: Base
    dossier: Dossier
    aide: Aide
    toutes: Echeances

    @property
    def ouvert(self) -> bool:
        """Whether the contract may be signed, as far as is known: else nothing of it is due."""
        return self.aide.eligible != "non"

    @cached_property
    def manquants(self) -> tuple[str, ...]:
        """The unknown facts to ask for: those of the aid, then those of the clocks."""
        if not self.ouvert:
            return ()
        attendus = [nom for nom in DEMANDEES if nom in self.toutes.manquants]
        return tuple(dict.fromkeys((*self.aide.manquants, *attendus)))

    @property
    def a_preciser(self) -> tuple[str, ...]:
        """The unknown facts that an employer may add."""
        return tuple(
            nom for nom in A_PRECISER if self.ouvert and self.dossier[nom] is None
            if nom not in self.manquants
        )  # fmt: skip

    @property
    def contrats(self) -> int:
        """How many contracts pay for the post: one for each doctor, or one for a group."""
        medecins = self.dossier["medecins"]
        return medecins if isinstance(medecins, int) and self.aide.version != COLLECTIF else 1

    @property
    def cout(self) -> int | None:
        """What the post costs in a year, in cents."""
        mensuel = self.dossier["salaire_charge_mensuel_cents"]
        return 12 * mensuel if isinstance(mensuel, int) else None

    @cached_property
    def annees(self) -> tuple[AnneeDuContrat, ...]:
        """Each year with what falls in it."""
        return tuple(self._annees())

    def _annees(self) -> Iterator[AnneeDuContrat]:
        for annee in self.aide.annees:
            recu = None if annee.aide is None else annee.aide * self.contrats
            dues = tuple(self._entre(annee.du, annee.au))
            yield AnneeDuContrat(annee, recu, self.cout, _attendus(self.aide, annee), dues)

    def _entre(self, du: date, au: date) -> Iterator[Echeance]:
        return (un for un in self.datees if un.jour is not None and du <= un.jour <= au)

    @cached_property
    def datees(self) -> tuple[Echeance, ...]:
        """The clocks whose day can be told, in its order."""
        return tuple(un for un in self._dues if datee(un))

    @cached_property
    def sans_jour(self) -> tuple[Echeance, ...]:
        """The clocks that wait for an answer before they have a day."""
        return tuple(un for un in self._dues if not datee(un))

    @property
    def deux_voies(self) -> bool:
        """Whether both trainings are told, of which the person follows one: her route is not known."""
        return len({"qualification", "fae"} & {une.code for une in self._dues}) == 2

    @property
    def _dues(self) -> tuple[Echeance, ...]:
        return self.toutes.toutes if self.ouvert else ()

    @property
    def avant(self) -> tuple[Echeance, ...]:
        """What is due before the contract begins; everything while its day is unknown."""
        debut = self.aide.annees[0].du if self.aide.annees else date.max
        return tuple(self._entre(date.min, date.fromordinal(debut.toordinal() - 1)))

    @property
    def apres(self) -> tuple[Echeance, ...]:
        """What is due once the five years are over."""
        if not self.aide.annees:
            return ()
        return tuple(
            self._entre(date.fromordinal(self.aide.annees[-1].au.toordinal() + 1), date.max)
        )

    @property
    def total(self) -> int | None:
        """The most that the five years give together; None when one of them is unknown."""
        recus = [un.recu for un in self.annees]
        connus = [un for un in recus if un is not None]
        return sum(connus) if recus and len(connus) == len(recus) else None

    @property
    def vie(self) -> tuple[Motif, ...]:
        """How the contract lives: payments, absences, end."""
        return tuple(un for un in self.aide.motifs if self._role(un) == "informe")

    @property
    def conditions(self) -> tuple[Motif, ...]:
        """What was asked of the doctor, but for the conditions of a contract that is not this one."""
        autre = self.aide.version != COLLECTIF
        return tuple(
            un
            for un in self.aide.motifs
            if self._role(un) != "informe" and not (autre and _du_collectif(un))
        )

    def _role(self, un: Motif) -> str:
        return self.aide.base.tables[un.etape.regle.table].role

    @property
    def sources_des_annees(self) -> tuple[Citation, ...]:
        """Where the amounts come from; where the contract itself does when no row gives them."""
        lues = [citation for un in self.annees for citation in un.annee.citations]
        return tuple({str(un): un for un in (*lues, *self.sources_du_contrat)}.values())

    @property
    def sources_du_contrat(self) -> tuple[Citation, ...]:
        """The text that the contract follows, or why we do not know which."""
        versions = [un for un in self.aide.motifs if un.etape.regle.table == "aide-version"]
        retenues = [un for un in versions if un.etape.issue == "oui"] or versions
        return tuple({str(c): c for un in retenues for c in un.citations}.values())


def datee(une: Echeance) -> bool:
    """Whether a day can be told: readings of which one excludes the other give none."""
    return une.jour is not None and (une.certaine or not une.rivales)


def _du_collectif(un: Motif) -> bool:
    """Whether a condition only asks something of a collective contract, and so is always met."""
    regle = un.etape.regle
    return regle.table == ELIGIBILITE and regle.id.startswith("eligibilite.collectif-")


def _attendus(aide: Aide, annee: Annee) -> tuple[str, ...]:
    """The facts that would give the aid of a year."""
    if annee.aide is not None or _sans_case(aide, annee):
        return ()
    chercheur = inconnus(aide.base)
    lus = {
        nom
        for etape in annee.conclusion.etapes
        if etape.regle.table in _BAREMES
        for nom in chercheur.de_l_etape(etape, annee.conclusion)
    }
    if aide.version == COLLECTIF and annee.conclusion.dossier["etp"] is None:
        lus.add("etp")
    return tuple(nom for nom in aide.base.faits if nom in lus)


def _sans_case(aide: Aide, annee: Annee) -> bool:
    """Whether the row of the scale is known, and empty: no answer would give an amount."""
    retenue = aide.base.regles.get(annee.conclusion.etabli.retenues["bareme-aide"] or "")
    effet = None if retenue is None else retenue.effet
    return isinstance(effet, Bareme) and not any(effet.cases.values())


def manquants_des_annees(annees: Iterable[AnneeDuContrat]) -> tuple[str, ...]:
    """The facts that would give the unknown amounts, each once."""
    return tuple(dict.fromkeys(nom for une in annees for nom in une.manquants))


def base_du_contrat(base: Base) -> Base:
    """The facts that this answer reads."""
    return base.reunir(VUE, VUE_DES_ECHEANCES)


def contrat_d_aide(base: Base, dossier: Dossier) -> ContratDAide:
    """The answer for one dossier of `base_du_contrat`."""

    vues = [base.vue(nom) for nom in (VUE, VUE_DES_ECHEANCES)]
    aide, delais = ((vue, vue.completer({nom: dossier[nom] for nom in vue.faits})) for vue in vues)
    return ContratDAide(base, dossier, aider(*aide), echeances(*delais))
