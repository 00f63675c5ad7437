"""The objectives of an aid contract: how far they are, what is paid at each level, and what another contract would change.

What no source says is said to be unknown: how an individual contract is modulated, how the two counts of a group's share a prorata.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.agenda.contrat_d_aide import base_du_contrat, contrat_d_aide
from binome.regles.calendrier import date_en_clair
from binome.regles.metiers.aide import MODULEE_DES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.regles.base import Base

AVENANT_7: Final = "avenant7"
COLLECTIF: Final = "collectif_2026"
MODULATION: Final = "vie.modulation"
DEUX_OBJECTIFS: Final = "alerte-aide.un-ou-deux-objectifs"
PRORATA: Final = "vie.collectif"
SANS_FORMULE: Final = "L’objectif n’est pas atteint : la caisse ajuste l’aide. Nous ne savons pas de combien, aucune source ne donne le calcul."
SANS_PRORATA: Final = "L’objectif du groupe n’est pas atteint en entier : l’aide est proratisée. Nous ne savons pas comment les deux comptes se combinent."
SANS_CHIFFRE: Final = (
    "Nous ne savons pas : il manque le chiffre de l’objectif, ou celui de l’activité."
)
UN_SEUL: Final = (
    "Un seul des deux est atteint. Nous ne savons pas s’il suffit : les sources divergent."
)
ATTEINT: Final = "L’objectif est atteint : l’aide peut aller jusqu’à son maximum."
EN_CHEMIN: Final = "L’objectif n’est pas encore atteint, et cette année du contrat n’est pas finie."
SANS_REGARD: Final = "Les deux premières années ne dépendent pas des résultats."


@dataclass(frozen=True, slots=True)
class ObjectifDit:
    """What a contract asks of its doctor: where the two counts began, and where they must be. None where nobody said."""

    mt_depart: int | None = None
    fa_depart: int | None = None
    mt_attendu: int | None = None
    fa_attendu: int | None = None


@dataclass(frozen=True, slots=True)
class Indicateur:
    """One of the two counts: from where, to where, and where it is."""

    depart: int | None
    attendu: int | None
    actuel: int | None

    @property
    def manque(self) -> int | None:
        """How many patients are missing, 0 once it is reached; None where something is not known."""
        if self.attendu is None or self.actuel is None:
            return None
        return max(0, self.attendu - self.actuel)

    @property
    def atteint(self) -> bool | None:
        """Whether it is reached; None where nobody can tell."""
        return None if self.manque is None else self.manque == 0

    @property
    def baisse(self) -> bool | None:
        """Whether it fell below where it began."""
        if self.depart is None or self.actuel is None:
            return None
        return self.actuel < self.depart

    @property
    def pour_cent(self) -> int | None:
        """How much of the way is done, in whole percent, from 0 to 100; None where there is no way to go, or it is not known."""
        if self.depart is None or self.attendu is None or self.actuel is None:
            return None
        chemin = self.attendu - self.depart
        if chemin <= 0:
            return None
        return min(100, max(0, 100 * (self.actuel - self.depart) // chemin))


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a contract is from its objective; `fa` alone counts for a specialist, and `mt` is then None."""

    mt: Indicateur | None
    fa: Indicateur

    @property
    def suivis(self) -> tuple[Indicateur, ...]:
        """The counts that the objective is about."""
        return (self.fa,) if self.mt is None else (self.mt, self.fa)


def distance(objectif: ObjectifDit, mt: int | None, fa: int | None, *, les_deux: bool) -> Distance:
    """Where the two counts stand before what the contract asks; `les_deux` for a generalist, whose patients count too."""
    liste = Indicateur(objectif.mt_depart, objectif.mt_attendu, mt) if les_deux else None
    return Distance(liste, Indicateur(objectif.fa_depart, objectif.fa_attendu, fa))


@dataclass(frozen=True, slots=True)
class Niveau:
    """What is paid of a year: `cents` at most, None where no source lets say; `regle` is the rule that says so."""

    cents: int | None
    dit: str
    regle: str
    atteint: bool | None = None


def ce_qui_est_paye(
    version: str, rang: int, au_plus: int | None, lue: Distance, *, court: bool = False
) -> Niveau:
    """What a year pays at the level reached, as far as sources say it; `court` while the year is not over.

    Under avenant 7 both counts are due; since 2023 sources disagree, and a single one of the two leaves the answer unknown.
    """
    if rang < MODULEE_DES:
        return Niveau(au_plus, SANS_REGARD, MODULATION)
    atteints = [indicateur.atteint for indicateur in lue.suivis]
    if all(atteints):
        return Niveau(au_plus, ATTEINT, MODULATION, atteint=True)
    if None in atteints:
        return Niveau(None, SANS_CHIFFRE, MODULATION)
    if court and not (any(atteints) and version != AVENANT_7):
        return Niveau(None, EN_CHEMIN, MODULATION)
    if version == COLLECTIF:
        return Niveau(None, SANS_PRORATA, PRORATA, atteint=False)
    if any(atteints) and version != AVENANT_7:
        return Niveau(None, UN_SEUL, DEUX_OBJECTIFS)
    return Niveau(None, SANS_FORMULE, MODULATION, atteint=False)


def objectif_des_regles(
    depart_mt: int | None, depart_fa: int | None, montants: Mapping[str, int | None]
) -> ObjectifDit:
    """The objective that the rules give, where they give one: so many patients more than at the start."""
    mt, fa = montants.get("mt_plus"), montants.get("fa_plus")
    return ObjectifDit(
        depart_mt,
        depart_fa,
        None if depart_mt is None or mt is None else depart_mt + mt,
        None if depart_fa is None or fa is None else depart_fa + fa,
    )


@dataclass(frozen=True, slots=True)
class SignatureEssayee:
    """The next contract as somebody thinks of it: what changes, and the whole answer of the rules."""

    titre: str
    change: Mapping[str, Any]
    reponse: ContratDAide

    @property
    def total(self) -> int | None:
        """The most that its five years give, in cents, all its contracts together."""
        return self.reponse.total

    def ecart(self, temoin: SignatureEssayee) -> int | None:
        """What it gives more than another, in cents; None where either is not known."""
        if self.total is None or temoin.total is None:
            return None
        return self.total - temoin.total


OPTIONS: Final = {
    "tiers": "Un tiers de temps",
    "demi": "Un mi-temps",
    "un": "Un temps plein",
    "un_et_demi": "Un temps plein et demi",
    "deux": "Deux temps pleins",
}
OUVERTES: Final = ("demi", "un")
"""What anybody may sign for; a third of time, or a second assistant, only who has it already."""


def essais(
    base: Base, faits: Mapping[str, Any], jours: Sequence[date], etp: int | None = None
) -> Iterator[SignatureEssayee]:
    """The next signature under each option, on each day, then with others under a group's contract of `etp` hundredths.

    `faits` are those of the contract that ends, as the rule base keeps them; the first answer is the same contract signed again.
    """
    union = base_du_contrat(base)
    gardes = {
        nom: valeur for nom, valeur in faits.items() if nom in union.faits and valeur is not None
    }
    actuelle = gardes.get("option_etp")
    options = tuple(dict.fromkeys([*([actuelle] if actuelle in OPTIONS else []), *OUVERTES]))
    for rang, jour in enumerate(jours):
        quand = "" if rang == 0 else f", le {date_en_clair(jour)}"
        signe = {"date_signature_contrat_aide": jour}
        for option in () if gardes.get("contrat_collectif") is True else options:
            change = {
                **signe,
                "option_etp": option,
                "contrat_collectif": False,
                "contrat_en_cours": True,
            }
            yield _essai(union, f"{OPTIONS[option]}{quand}", gardes, change)
        if etp is not None:
            change = {
                **signe,
                "option_etp": None,
                "contrat_collectif": True,
                "etp": etp,
                "contrat_en_cours": False,
            }
            yield _essai(union, f"Avec un groupe{quand}", gardes, change)


def _essai(
    union: Base, titre: str, faits: Mapping[str, Any], change: Mapping[str, Any]
) -> SignatureEssayee:
    dossier = union.completer({nom: {**faits, **change}.get(nom) for nom in union.faits})
    return SignatureEssayee(titre, change, contrat_d_aide(union, dossier))
