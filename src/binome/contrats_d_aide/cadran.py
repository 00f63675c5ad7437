"""The clocks that a rule base gives, decided once for all the contracts that its rules do not tell apart."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.agenda.echeances import VUE
from binome.contrats_d_aide.vie_comptee import UN_JOUR
from binome.regles.calendrier import ajouter_mois
from binome.regles.conditions import Decale
from binome.regles.regle import Horloge
from binome.regles.utiles import comparaisons_des, tables_utiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from binome.regles.base import Base
    from binome.regles.regle import Regle

ANNIVERSAIRE: Final = "anniversaire"
FIN: Final = "fin_contrat"
OBJECTIF: Final = "objectif"
RENOUVELLEMENT: Final = "renouvellement"
SUIVI: Final = "suivi_caisse"
ABSENCE: Final = "absence_longue"
QUALIFIENT: Final = ("qualification", "fae")
SECRETARIAT: Final = "remplacement_secretaire"
DU_POSTE: Final = ("entree_formation", *QUALIFIENT, "afgsu", SECRETARIAT)
"""The clocks of one person; the others are of the contract."""
DANS_L_ORDRE: Final = (*DU_POSTE, ABSENCE, OBJECTIF, RENOUVELLEMENT, SUIVI, ANNIVERSAIRE, FIN)
"""Which comes first of those of one day."""
JALONS: Final = (ANNIVERSAIRE, FIN)
SANS_RELANCE: Final = (*JALONS, SUIVI)
"""What comes by itself, or leaves nothing behind it: nobody is asked for it again once its day is past."""
TITRES: Final = {
    ANNIVERSAIRE: "Anniversaire du contrat",
    FIN: "Fin du contrat",
    OBJECTIF: "Objectif à atteindre",
    RENOUVELLEMENT: "Dire à la caisse si le contrat continue",
    SUIVI: "Point avec la caisse",
    ABSENCE: "Absence de trois mois",
}


class DiteEnMots(NamedTuple):
    """A number of months that a rule gives in words only: the rule, and its words."""

    regle: str
    mois: int
    mots: str


DITES_EN_MOTS: Final = {
    SUIVI: DiteEnMots("vie.suivi-avenant-7", 6, "tous les six mois"),
    ABSENCE: DiteEnMots("vie.absence-longue", 3, "trois mois d’absence"),
    RENOUVELLEMENT: DiteEnMots("vie.preavis", 2, "deux mois de préavis"),
}
REPOUSSEE: Final = (
    "Le même jour, repoussé du temps de la suspension : aucune source ne dit s’il l’est."
)
REPERE: Final = (
    "Ce jour est un repère de Binôme : aucune source ne dit quand demander la suite. C’est le préavis "
    "que doit le médecin qui arrête."
)

SANS_REGLE: Final = {"repoussee": REPOUSSEE, "repere": REPERE}
"""What Binôme says by itself, by the word that a row keeps."""


class LectureDHorloge(NamedTuple):
    """One reading of a clock: its day, the rule that says it, its words and where they come from.

    `certaine`: its condition is known to hold. A reading of Binôme's own has no rule, but one of the words of `SANS_REGLE`.
    """

    jour: date | None
    regle: str
    dit: str
    sources: tuple[str, ...]
    certaine: bool = True

    def en_json(self) -> dict[str, Any]:
        """The reading, as its row keeps it: its words are those of its rule."""
        return {
            "jour": None if self.jour is None else self.jour.isoformat(),
            "regle": self.regle,
            "certaine": self.certaine,
        }


apres_des_mois: Final = lru_cache(maxsize=65_536)(ajouter_mois)
"""A day so many months later: thousands of contracts have the same few thousand days."""


class HorlogeLue(NamedTuple):
    """A clock that runs for a class of dossiers, before its day is counted."""

    regle: Regle
    effet: Horloge
    dit: str
    sources: tuple[str, ...]
    certaine: bool

    def lecture(self, faits: Mapping[str, Any], fois: int = 1) -> LectureDHorloge:
        """Its reading for one dossier; `fois` counts the time again as many times."""
        depart = faits.get(self.effet.fait)
        jour = self.effet.le
        if jour is None and isinstance(depart, date):
            jour = apres_des_mois(depart, self.effet.mois * fois)
            if self.effet.veille:
                jour -= UN_JOUR
        return LectureDHorloge(jour, self.regle.id, self.dit, self.sources, self.certaine)


@dataclass
class Cadran:
    """The clocks of one base. Dossiers that no comparison of its rules tells apart are decided once.

    `communes` keeps the clocks of contracts that have the same days, as `horloges` counts them.
    """

    base: Base
    communes: dict[tuple[Any, ...], tuple[Any, ...]] = field(default_factory=dict, repr=False)
    _connues: dict[tuple[Any, ...], tuple[HorlogeLue, ...]] = field(
        default_factory=dict, repr=False
    )

    def __post_init__(self) -> None:
        self._vue = self.base.vue(VUE)
        jours: dict[str, set[date]] = {}
        for table in tables_utiles(self._vue):
            for regle in table.regles:
                siens = jours.setdefault(table.decide_par, set())
                siens |= {
                    un for un in (regle.du, regle.au and regle.au + UN_JOUR) if un is not None
                }
        self._entieres: set[str] = set()
        for atome in comparaisons_des(tables_utiles(self._vue)):
            if isinstance(atome.attendu, Decale):
                self._entieres.update(atome.faits)
            for borne in atome.attendu if isinstance(atome.attendu, tuple) else (atome.attendu,):
                if isinstance(borne, date):
                    jours.setdefault(atome.fait, set()).update((borne, borne + UN_JOUR))
        self._bascules: dict[str, list[date]] = {nom: sorted(siens) for nom, siens in jours.items()}

    def mots(self, code: str) -> str:
        """The title of a clock."""
        return TITRES.get(code) or self._vue.question.mots.get(code, code)

    def lues(self, faits: Mapping[str, Any]) -> tuple[HorlogeLue, ...]:
        """The clocks that run, or may run, for these facts; those that nobody gave are unknown."""
        classe = tuple(
            (nom, self._place(nom, valeur))
            for nom, valeur in sorted(faits.items())
            if nom in self._vue.faits and valeur is not None
        )
        if classe not in self._connues:
            self._connues[classe] = tuple(self._decidees(faits))
        return self._connues[classe]

    def _place(self, nom: str, valeur: Any) -> Any:
        if isinstance(valeur, date) and nom not in self._entieres:
            return bisect_right(self._bascules.get(nom, []), valeur)
        return valeur

    def _decidees(self, faits: Mapping[str, Any]) -> Iterator[HorlogeLue]:
        dossier = self._vue.completer({nom: faits.get(nom) for nom in self._vue.faits})
        conclusion = self._vue.moteur.decider(dossier)
        for etape in conclusion.etapes:
            effet, verite = etape.regle.effet, conclusion.etabli.verites[etape.regle.id]
            if isinstance(effet, Horloge) and (verite or (verite is None and effet.le is None)):
                sources = tuple(str(citation) for citation in etape.regle.sources)
                yield HorlogeLue(etape.regle, effet, etape.regle.dit, sources, verite is True)

    def regle_du(self, code: str, jour: date) -> tuple[Regle, int] | None:
        """The rule that gives a time in words, on the day of a signature, and its months; None when it is not in force then."""
        dite = DITES_EN_MOTS[code]
        regle = self.base.entiere.regles.get(dite.regle)
        return (regle, dite.mois) if regle is not None and regle.couvre(jour) else None


def citees(regle: Regle) -> tuple[str, ...]:
    """Where a rule comes from, as a row of readings shows it."""
    return tuple(map(str, regle.sources))


def dite_par(regle: Regle, jour: date) -> LectureDHorloge:
    """The reading of a rule on a day."""
    return LectureDHorloge(jour, regle.id, regle.dit, citees(regle))


def lectures_gardees(
    base: Base, gardees: Sequence[Mapping[str, Any]]
) -> tuple[LectureDHorloge, ...]:
    """The readings that a row kept, with the words of their rules; those of a rule that is no more have none."""
    return tuple(_gardee(base, une) for une in gardees)


def _gardee(base: Base, gardee: Mapping[str, Any]) -> LectureDHorloge:
    jour = None if gardee["jour"] is None else date.fromisoformat(gardee["jour"])
    nom, certaine = str(gardee["regle"]), bool(gardee["certaine"])
    regles = base.entiere.regles
    regle = regles.get(DITES_EN_MOTS[RENOUVELLEMENT].regle if nom == "repere" else nom)
    sources = () if regle is None else citees(regle)
    dit = SANS_REGLE.get(nom) or ("" if regle is None else regle.dit)
    return LectureDHorloge(jour, nom, dit, sources, certaine)
