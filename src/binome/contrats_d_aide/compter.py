"""The clocks and payments of contracts, counted again and written: after each of their gestures, and when the rules change.

Only what changed is written. A row keeps its number and its identifier when its day moves; what is no longer due stays, without object,
so that a calendar that holds it takes it off.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from django.db.models import Q
from django.utils import timezone

from binome.contrats_d_aide.cadran import SANS_RELANCE, Cadran
from binome.contrats_d_aide.etats import EtatDeVersement, EtatDHorloge
from binome.contrats_d_aide.horloges import compter_les_horloges
from binome.contrats_d_aide.lire_les_vies import lire_les_vies
from binome.contrats_d_aide.models import Contrat, HorlogeDeContrat, VersementAttendu
from binome.contrats_d_aide.versements import (
    AnneeComptee,
    annees_a_compter,
    annees_comptees,
    compter_les_versements,
)
from binome.regles.courante import base_courante
from binome.regles.lot import decider_lot
from binome.regles.metiers.aide import VUE
from binome.regles.quantites import colonne_de, quantites

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from binome.contrats_d_aide.horloges import HorlogeComptee
    from binome.contrats_d_aide.lire_les_vies import VieLue
    from binome.contrats_d_aide.versements import VersementCompte
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.regles.base import Base

LOT: Final = 500
ENSEMBLE: Final = 40
"""From so many contracts on, their years are decided as columns."""
DELAI: Final = "delai_objectif_mois"


@dataclass
class Changements:
    """What counting again changed: how many contracts were read, the clocks that moved, and the contracts whose money did.

    `argent` gives, for each of these, the cents of its five years before and after; None where one of them is unknown.
    """

    lus: int = 0
    horloges: int = 0
    argent: dict[int, tuple[int | None, int | None]] = field(default_factory=dict)

    @property
    def gagnent(self) -> list[int]:
        """The contracts that are promised more."""
        return [n for n, (avant, apres) in self.argent.items() if _plus(avant, apres) > 0]

    @property
    def perdent(self) -> list[int]:
        """The contracts that are promised less."""
        return [n for n, (avant, apres) in self.argent.items() if _plus(avant, apres) < 0]

    @property
    def incertains(self) -> list[int]:
        """The contracts whose sum became known, or is no longer."""
        return [n for n, couple in self.argent.items() if None in couple]

    def ajouter(self, autre: Changements) -> None:
        """Those of another lot."""
        self.lus += autre.lus
        self.horloges += autre.horloges
        self.argent |= autre.argent


def _plus(avant: int | None, apres: int | None) -> int:
    return 0 if avant is None or apres is None else apres - avant


@lru_cache(maxsize=4)
def cadran_de(base: Base) -> Cadran:
    """The clocks of a base, with what was decided of them so far."""
    return Cadran(base)


def compter_apres(passages: Sequence[Passage[Contrat]], _: Auteur) -> None:
    """What follows every gesture of a contract."""
    compter_les_contrats([passage.objet.pk for passage in passages])


def compter_les_contrats(
    numeros: Sequence[int], base: Base | None = None, *, ecrire: bool = True
) -> Changements:
    """Counts contracts again under a base, that of the day by default, and writes what changed unless told not to.

    Within a transaction of the caller.
    """
    lue = base or base_courante()
    vies = lire_les_vies(lue, numeros)
    comptage = _Comptage(cadran_de(lue), vies, timezone.now())
    changements = comptage.comparer()
    if ecrire:
        comptage.ecrire()
    return changements


def annees_de(base: Base, vies: Sequence[VieLue]) -> list[tuple[AnneeComptee, ...]]:
    """The years of each contract; as columns where there are many."""
    if len(vies) < ENSEMBLE:
        return [annees_comptees(base, lue.vie) for lue in vies]
    vue = base.vue(VUE)
    lignes = [annee for lue in vies for annee in annees_a_compter(lue.vie)]
    montants = _en_colonnes(vue, [faits for _, _, _, faits in lignes])
    toutes = [
        AnneeComptee(rang, du, au, siens)
        for (rang, du, au, _), siens in zip(lignes, montants, strict=True)
    ]
    par_contrat = len(lignes) // len(vies)
    return [tuple(toutes[i : i + par_contrat]) for i in range(0, len(toutes), par_contrat)]


_TYPES: Final[dict[str, Any]] = {
    "date": pl.Date,
    "entier": pl.Int64,
    "decimal": pl.Int64,
    "booleen": pl.Boolean,
    "choix": pl.String,
    "liste": pl.String,
}


def _en_colonnes(vue: Base, faits: Sequence[dict[str, Any]]) -> list[dict[str, int | None]]:
    """The amounts of the view for each line, decided together; a fact that nobody gave is unknown throughout."""
    dits = {nom for siens in faits for nom, valeur in siens.items() if valeur is not None}
    noms = [nom for nom, fait in vue.faits.items() if nom in dits and fait.calcul is None]
    colonnes = {
        nom: pl.Series(
            nom,
            [
                ";".join(sorted(valeur))
                if isinstance(valeur := siens.get(nom), frozenset)
                else valeur
                for siens in faits
            ],
            dtype=_TYPES[vue.faits[nom].type],
        )
        for nom in noms
    }
    decidees = decider_lot(pl.DataFrame(colonnes), vue)
    quantite_de = {colonne_de(vue, nom): nom for nom in quantites(vue)}
    voulues = decidees.select([pl.col(colonne).alias(nom) for colonne, nom in quantite_de.items()])
    return voulues.to_dicts()  # type: ignore[no-any-return] # a frame of whole numbers


class _Comptage:
    """One lot on its way: what is counted, what the rows say, and what of them is to be written."""

    def __init__(self, cadran: Cadran, vies: Sequence[VieLue], maintenant: datetime) -> None:
        self._vies, self._maintenant = vies, maintenant
        self._le = timezone.localdate(maintenant)
        numeros = [lue.contrat for lue in vies]
        self._horloges: dict[tuple[int, str, int], HorlogeDeContrat] = {
            (une.contrat_id, une.code, une.rang): une
            for une in HorlogeDeContrat.objects.filter(contrat__in=numeros).order_by("pk")
        }
        self._versements: dict[tuple[int, int, int], VersementAttendu] = {
            (un.contrat_id, un.rang, un.numero): un
            for un in VersementAttendu.objects.filter(contrat__in=numeros).order_by("pk")
        }
        self._nouvelles: list[HorlogeDeContrat] = []
        self._changees: list[HorlogeDeContrat] = []
        self._nouveaux: list[VersementAttendu] = []
        self._changes: list[VersementAttendu] = []
        self._prochaines: dict[int, tuple[date | None, str]] = {}
        self._comptees = [
            (
                lue,
                annees,
                compter_les_horloges(cadran, lue.vie, annees[0].montants.get(DELAI), self._le),
            )
            for lue, annees in zip(vies, annees_de(cadran.base, vies), strict=True)
        ]

    def comparer(self) -> Changements:
        """Sets beside the rows what they should say."""
        changements = Changements(lus=len(self._vies))
        avant = self._sommes()
        vues: set[tuple[int, str, int]] = set()
        payes: set[tuple[int, int, int]] = set()
        for lue, annees, horloges in self._comptees:
            for horloge in horloges:
                vues.add((lue.contrat, horloge.code, horloge.rang))
                changements.horloges += self._horloge(lue, horloge)
            self._prochaine(lue.contrat, horloges)
            apres: list[int | None] = []
            for versement in compter_les_versements(annees, lue.vie):
                payes.add((lue.contrat, versement.rang, versement.numero))
                self._versement(lue, versement)
                if versement.etat != EtatDeVersement.SANS_OBJET:
                    apres.append(versement.au_plus)
            somme = _somme(apres)
            if lue.contrat in avant and avant[lue.contrat] != somme:
                changements.argent[lue.contrat] = (avant[lue.contrat], somme)
        self._retirer(vues, payes)
        return changements

    def _sommes(self) -> dict[int, int | None]:
        """What the rows promised of each contract."""
        promis: dict[int, list[int | None]] = {}
        for un in self._versements.values():
            siens = promis.setdefault(un.contrat_id, [])
            if un.etat != EtatDeVersement.SANS_OBJET:
                siens.append(un.montant_cents)
        return {contrat: _somme(siens) for contrat, siens in promis.items()}

    def _horloge(self, lue: VieLue, horloge: HorlogeComptee) -> bool:
        """Whether its day moved."""
        cle = (lue.contrat, horloge.code, horloge.rang)
        voulu = {
            "etat": horloge.etat,
            "jour": horloge.jour,
            "lectures": [lecture.en_json() for lecture in horloge.lectures],
            "preuve_id": lue.preuve(horloge.code, horloge.rang) if horloge.etat == EtatDHorloge.FAITE else None,
        }  # fmt: skip
        ligne = self._horloges.get(cle)
        if ligne is None:
            self._nouvelles.append(
                HorlogeDeContrat(
                    contrat_id=lue.contrat, code=horloge.code, rang=horloge.rang, uid=str(uuid.uuid4()),
                    changee_le=self._maintenant, **voulu,
                )
            )  # fmt: skip
            return False
        bouge = ligne.jour != horloge.jour
        if _poser(ligne, voulu):
            ligne.changee_le = self._maintenant
            self._changees.append(ligne)
        return bouge

    def _prochaine(self, contrat: int, horloges: Iterable[HorlogeComptee]) -> None:
        """The first duty that is not done; clocks come in the order of their days."""
        suite = [h for h in horloges if h.etat == EtatDHorloge.A_VENIR and h.jour is not None]
        self._prochaines[contrat] = (suite[0].jour, suite[0].code) if suite else (None, "")

    def _versement(self, lue: VieLue, versement: VersementCompte) -> None:
        paye = lue.paiements.get(versement.code)
        lectures: list[dict[str, Any]] = [{"jour": None, "dit": dit} for dit in versement.dits]
        if versement.repousse is not None:
            lectures.append({"jour": versement.repousse.isoformat(), "dit": "repoussee"})
        voulu = {
            "etat": versement.etat if paye is None else EtatDeVersement.VERSE,
            "jour": versement.jour,
            "montant_cents": versement.au_plus,
            "lectures": lectures,
            "paye_le": None if paye is None else paye.le,
            "paye_cents": None if paye is None else paye.cents,
        }
        ligne = self._versements.get((lue.contrat, versement.rang, versement.numero))
        if ligne is None:
            self._nouveaux.append(
                VersementAttendu(
                    contrat_id=lue.contrat, rang=versement.rang, numero=versement.numero, **voulu
                )
            )
        elif _poser(ligne, voulu):
            self._changes.append(ligne)

    def _retirer(self, vues: set[tuple[int, str, int]], payes: set[tuple[int, int, int]]) -> None:
        """What is no longer due stays, without object; what was paid stays paid."""
        for cle, horloge in self._horloges.items():
            if cle not in vues and _poser(
                horloge, {"etat": EtatDHorloge.SANS_OBJET, "preuve_id": None}
            ):
                horloge.changee_le = self._maintenant
                self._changees.append(horloge)
        for numeros, versement in self._versements.items():
            if (
                numeros not in payes
                and versement.etat != EtatDeVersement.VERSE
                and _poser(versement, {"etat": EtatDeVersement.SANS_OBJET})
            ):
                self._changes.append(versement)

    def ecrire(self) -> None:
        """Writes the rows that are new or changed, and the next duty of each contract."""
        HorlogeDeContrat.objects.bulk_create(self._nouvelles, batch_size=LOT)
        HorlogeDeContrat.objects.bulk_update(
            self._changees, ["etat", "jour", "lectures", "preuve", "changee_le"], batch_size=LOT
        )
        VersementAttendu.objects.bulk_create(self._nouveaux, batch_size=LOT)
        VersementAttendu.objects.bulk_update(
            self._changes,
            ["etat", "jour", "montant_cents", "lectures", "paye_le", "paye_cents"],
            batch_size=LOT,
        )
        perimes = []
        for contrat in Contrat.objects.filter(pk__in=self._prochaines).only(
            "prochaine_le", "prochaine"
        ):
            jour, code = self._prochaines[contrat.pk]
            if _poser(contrat, {"prochaine_le": jour, "prochaine": code}):
                perimes.append(contrat)
        Contrat.objects.bulk_update(perimes, ["prochaine_le", "prochaine"], batch_size=LOT)


def _somme(cents: Iterable[int | None]) -> int | None:
    """None where one is unknown."""
    total = 0
    for un in cents:
        if un is None:
            return None
        total += un
    return total


def _poser(ligne: Any, voulu: dict[str, Any]) -> bool:
    """Sets columns; whether one of them changed."""
    change = False
    for nom, valeur in voulu.items():
        if getattr(ligne, nom) != valeur:
            setattr(ligne, nom, valeur)
            change = True
    return change


def contrats_a_avancer(le: date) -> list[int]:
    """The contracts of which a day that nobody has to do anything for is past: another comes next."""
    passees = Q(jour__lt=le, etat=EtatDHorloge.A_VENIR) & Q(code__in=SANS_RELANCE)
    return sorted(set(HorlogeDeContrat.objects.filter(passees).values_list("contrat", flat=True)))
