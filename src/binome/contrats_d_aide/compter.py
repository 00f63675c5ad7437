"""The clocks and payments of contracts, counted again and written: after each of their gestures, and when the rules change.

Only what changed is written. A row keeps its number and its identifier when its day moves; what is no longer due stays, without object,
so that a calendar that holds it takes it off.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - a tuple names it
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import timezone

from binome.contrats_d_aide.annees_ensemble import annees_de
from binome.contrats_d_aide.cadran import ABSENCE, DU_POSTE, SANS_RELANCE, Cadran
from binome.contrats_d_aide.etats import EtatDeVersement, EtatDHorloge
from binome.contrats_d_aide.horloges import compter_les_horloges
from binome.contrats_d_aide.lignes_comptees import LigneDeVersement, LigneDHorloge
from binome.contrats_d_aide.lire_les_vies import lire_les_vies
from binome.contrats_d_aide.models import (
    CompteDeContrat,
    Contrat,
    HorlogeDeContrat,
    PosteDuContrat,
    VersementAttendu,
)
from binome.contrats_d_aide.versements import compter_les_versements
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import Model

    from binome.contrats_d_aide.cadran import LectureDHorloge
    from binome.contrats_d_aide.horloges import HorlogeComptee
    from binome.contrats_d_aide.lire_les_vies import VieLue
    from binome.contrats_d_aide.versements import AnneeComptee, VersementCompte
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.regles.base import Base

LOT: Final = 500
CONNUE_PAR: Final = 4
"""The columns by which a row is found: its number, its contract, and the two that tell it apart there."""
AU_PLUS: Final = "montant_cents"
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


@lru_cache(maxsize=65_536)
def _en_json(lectures: tuple[LectureDHorloge, ...]) -> tuple[list[dict[str, Any]], str]:
    """The readings as their row keeps them, and as one text: shared by all those that say the same, and never changed."""
    dites = [lecture.en_json() for lecture in lectures]
    return dites, str(dites)


@lru_cache(maxsize=4)
def cadran_de(base: Base) -> Cadran:
    """The clocks of a base, with what was decided of them so far."""
    return Cadran(base)


def compter_apres(passages: Sequence[Passage[Contrat]], _: Auteur) -> None:
    """What follows every gesture of a contract."""
    compter_les_contrats([passage.objet.pk for passage in passages])


def compter_les_contrats(
    numeros: Sequence[int], base: Base | None = None, *, ecrire: bool = True, relire: bool = True
) -> Changements:
    """Counts contracts again under a base, that of the day by default, and writes what changed unless told not to.

    Without `relire`, the rows of a contract that counts as it last did are taken for what they were written. Within a
    transaction of the caller.
    """
    lue = base or base_courante()
    vies = lire_les_vies(lue, numeros)
    comptage = _Comptage(cadran_de(lue), vies, timezone.now(), relire=relire)
    changements = comptage.comparer()
    if ecrire:
        comptage.ecrire()
    return changements


class _Voulu(NamedTuple):
    """What the rows of a contract should say, by what they are known by, and the hash of it all."""

    contrat: int
    horloges: dict[tuple[str, int], dict[str, Any]]
    versements: dict[tuple[int, int], dict[str, Any]]
    prochaine: tuple[date | None, str]
    empreinte: str

    @property
    def somme(self) -> int | None:
        """The cents that its five years promise; None where one is unknown."""
        return _somme(
            versement["montant_cents"]
            for versement in self.versements.values()
            if versement["etat"] != EtatDeVersement.SANS_OBJET
        )


def _voulu(
    lue: VieLue, annees: tuple[AnneeComptee, ...], horloges: Iterable[HorlogeComptee]
) -> _Voulu:
    dues: dict[tuple[str, int], dict[str, Any]] = {}
    prochaine: tuple[date | None, str] = (None, "")
    textes: list[str] = []
    for horloge in horloges:
        faite = horloge.etat == EtatDHorloge.FAITE
        lectures, texte = _en_json(horloge.lectures)
        preuve = lue.preuve(horloge.code, horloge.rang) if faite else None
        dues[horloge.code, horloge.rang] = {
            "etat": horloge.etat, "jour": horloge.jour, "lectures": lectures, "preuve": preuve,
        }  # fmt: skip
        textes.append(
            f"{horloge.code} {horloge.rang} {horloge.etat} {horloge.jour} {preuve} {texte}"
        )
        # Clocks come in the order of their days: the first that is not done is the next.
        if prochaine[0] is None and horloge.jour and horloge.etat == EtatDHorloge.A_VENIR:
            prochaine = horloge.jour, horloge.code
    payes = {
        (versement.rang, versement.numero): _versement(lue, versement)
        for versement in compter_les_versements(annees, lue.vie)
    }
    textes.extend(f"{cle} {list(versement.values())}" for cle, versement in payes.items())
    empreinte = blake2b("\n".join(textes).encode(), digest_size=16).hexdigest()
    return _Voulu(lue.contrat, dues, payes, prochaine, empreinte)


def _versement(lue: VieLue, versement: VersementCompte) -> dict[str, Any]:
    paye = lue.paiements.get(versement.code)
    lectures: list[dict[str, Any]] = [{"jour": None, "dit": dit} for dit in versement.dits]
    if versement.repousse is not None:
        lectures.append({"jour": versement.repousse.isoformat(), "dit": "repoussee"})
    return {
        "etat": versement.etat if paye is None else str(EtatDeVersement.VERSE),
        "jour": versement.jour,
        "montant_cents": versement.au_plus,
        "lectures": lectures,
        "paye_le": None if paye is None else paye.le,
        "paye_cents": None if paye is None else paye.cents,
    }


class _Comptage:
    """One lot on its way: what is counted, what the rows say, and what of them is to be written."""

    def __init__(
        self, cadran: Cadran, vies: Sequence[VieLue], maintenant: datetime, *, relire: bool
    ) -> None:
        self._lus, self._maintenant = len(vies), maintenant
        le = timezone.localdate(maintenant)
        voulus = (
            _voulu(
                lue,
                annees,
                compter_les_horloges(cadran, lue.vie, annees[0].montants.get(DELAI), le),
            )
            for lue, annees in zip(vies, annees_de(cadran.base, vies), strict=True)
        )
        comptes = CompteDeContrat.objects.filter(contrat__in=[lue.contrat for lue in vies])
        self._connues = dict(comptes.values_list("contrat", "empreinte"))
        self._voulus = [un for un in voulus if relire or self._neuf(un)]
        numeros = [un.contrat for un in self._voulus]
        lues = HorlogeDeContrat.objects.filter(contrat__in=numeros).order_by()
        self._horloges = {
            (ligne.contrat, ligne.code, ligne.rang): ligne
            for ligne in map(LigneDHorloge._make, lues.values_list(*LigneDHorloge._fields))
        }
        payees = VersementAttendu.objects.filter(contrat__in=numeros).order_by()
        self._versements = {
            (ligne.contrat, ligne.rang, ligne.numero): ligne
            for ligne in map(LigneDeVersement._make, payees.values_list(*LigneDeVersement._fields))
        }
        self._caisses = {lue.contrat: lue.caisse for lue in vies}
        self._nouvelles: list[LigneDHorloge] = []
        self._changees: list[LigneDHorloge] = []
        self._nouveaux: list[LigneDeVersement] = []
        self._changes: list[LigneDeVersement] = []
        self._montants: dict[int | None, list[int]] = defaultdict(list)

    def _neuf(self, voulu: _Voulu) -> bool:
        return self._connues.get(voulu.contrat) != voulu.empreinte

    def comparer(self) -> Changements:
        """Sets beside the rows what they should say."""
        changements = Changements(lus=self._lus)
        avant = self._sommes()
        vues: set[tuple[int, str, int]] = set()
        payes: set[tuple[int, int, int]] = set()
        for voulu in self._voulus:
            for (code, rang), horloge in voulu.horloges.items():
                vues.add((voulu.contrat, code, rang))
                changements.horloges += self._horloge((voulu.contrat, code, rang), horloge)
            for (rang, numero), versement in voulu.versements.items():
                payes.add((voulu.contrat, rang, numero))
                self._versement((voulu.contrat, rang, numero), versement)
            if voulu.contrat in avant and avant[voulu.contrat] != voulu.somme:
                changements.argent[voulu.contrat] = (avant[voulu.contrat], voulu.somme)
        self._retirer(vues, payes)
        return changements

    def _sommes(self) -> dict[int, int | None]:
        """What the rows promised of each contract."""
        promis: dict[int, list[int | None]] = {}
        for ligne in self._versements.values():
            siens = promis.setdefault(ligne.contrat, [])
            if ligne.etat != EtatDeVersement.SANS_OBJET:
                siens.append(ligne.montant_cents)
        return {contrat: _somme(siens) for contrat, siens in promis.items()}

    def _horloge(self, cle: tuple[int, str, int], voulu: dict[str, Any]) -> bool:
        """Whether its day moved."""
        ligne = self._horloges.get(cle)
        if ligne is None:
            uid = str(uuid.uuid4())
            self._nouvelles.append(
                LigneDHorloge(None, *cle, uid=uid, changee_le=self._maintenant, **voulu)
            )
            return False
        if _differe(ligne, voulu):
            self._changees.append(ligne._replace(**voulu, changee_le=self._maintenant))
        return bool(ligne.jour != voulu["jour"])

    def _versement(self, cle: tuple[int, int, int], voulu: dict[str, Any]) -> None:
        ligne = self._versements.get(cle)
        if ligne is None:
            self._nouveaux.append(
                LigneDeVersement(None, *cle, **voulu, caisse=self._caisses.get(cle[0]))
            )
        elif ligne.pk and not _differe(ligne, {**voulu, AU_PLUS: ligne.montant_cents}):
            # Another scale gives one amount to thousands: one order writes it to all of them.
            if ligne.montant_cents != voulu[AU_PLUS]:
                self._montants[voulu[AU_PLUS]].append(ligne.pk)
        else:
            self._changes.append(ligne._replace(**voulu))

    def _retirer(self, vues: set[tuple[int, str, int]], payes: set[tuple[int, int, int]]) -> None:
        """What is no longer due stays, without object; what was paid stays paid."""
        for cle, horloge in self._horloges.items():
            if cle not in vues and horloge.etat != EtatDHorloge.SANS_OBJET:
                retiree = horloge._replace(
                    etat=EtatDHorloge.SANS_OBJET, preuve=None, changee_le=self._maintenant
                )
                self._changees.append(retiree)
        for numeros, versement in self._versements.items():
            if numeros not in payes and versement.etat not in (
                EtatDeVersement.VERSE,
                EtatDeVersement.SANS_OBJET,
            ):
                self._changes.append(versement._replace(etat=EtatDeVersement.SANS_OBJET))

    def ecrire(self) -> None:
        """Writes the rows that are new or changed, and the next duty of each contract."""
        HorlogeDeContrat.objects.bulk_create(
            [ligne.en_ligne() for ligne in self._nouvelles], batch_size=LOT
        )
        VersementAttendu.objects.bulk_create(
            [ligne.en_ligne() for ligne in self._nouveaux], batch_size=LOT
        )
        _reecrire(
            HorlogeDeContrat,
            [ligne.en_ligne() for ligne in self._changees],
            ("etat", "jour", "lectures", "preuve", "changee_le"),
        )
        _reecrire(
            VersementAttendu, [ligne.en_ligne() for ligne in self._changes],
            ("etat", "jour", "montant_cents", "lectures", "paye_le", "paye_cents"),
        )  # fmt: skip
        for cents, numeros in self._montants.items():
            for debut in range(0, len(numeros), LOT):
                siens = VersementAttendu.objects.filter(pk__in=numeros[debut : debut + LOT])
                siens.update(montant_cents=cents)
        prochaines = {un.contrat: un.prochaine for un in self._voulus}
        dites = Contrat.objects.filter(pk__in=prochaines)
        perimes = [
            numero
            for numero, *dite in dites.values_list("pk", "prochaine_le", "prochaine")
            if tuple(dite) != prochaines[numero]
        ]
        contrats = list(Contrat.objects.filter(pk__in=perimes).order_by("pk"))
        for contrat in contrats:
            contrat.prochaine_le, contrat.prochaine = prochaines[contrat.pk]
        _reecrire(Contrat, contrats, ("prochaine_le", "prochaine"))
        comptes = [
            CompteDeContrat(contrat_id=un.contrat, empreinte=un.empreinte)
            for un in self._voulus
            if self._neuf(un)
        ]
        _reecrire(CompteDeContrat, comptes, ("empreinte",), par="contrat")


def _reecrire(
    modele: type[Model], lignes: Sequence[Any], colonnes: Sequence[str], par: str = "id"
) -> None:
    """Writes columns of rows that are there: one order for five hundred, where `bulk_update` spells each value."""
    if lignes:
        modele._default_manager.bulk_create(
            lignes,
            batch_size=LOT,
            update_conflicts=True,
            unique_fields=[par],
            update_fields=colonnes,
        )


def _somme(cents: Iterable[int | None]) -> int | None:
    """None where one is unknown."""
    total = 0
    for un in cents:
        if un is None:
            return None
        total += un
    return total


def _differe(ligne: tuple[Any, ...], voulu: dict[str, Any]) -> bool:
    """Whether what a row says, after what it is known by, is not what it should say; both in the same order."""
    return ligne[CONNUE_PAR : CONNUE_PAR + len(voulu)] != tuple(voulu.values())


def contrats_a_avancer(le: date) -> list[int]:
    """The contracts of which a day that nobody has to do anything for is past, another comes next; and those of which a last day that was
    told ahead, of somebody or of the whole contract, is over: what was left is due no more.
    """
    a_venir = HorlogeDeContrat.objects.filter(etat=EtatDHorloge.A_VENIR).order_by()
    partis = PosteDuContrat.objects.filter(au__lt=le).values("pk")
    return sorted({
        *a_venir.filter(jour__lt=le, code__in=SANS_RELANCE).values_list("contrat", flat=True),
        *a_venir.filter(contrat__fini_le__lt=le).values_list("contrat", flat=True),
        *a_venir.filter(code__in=(*DU_POSTE, ABSENCE), rang__in=partis).values_list("contrat", flat=True),
    })  # fmt: skip
