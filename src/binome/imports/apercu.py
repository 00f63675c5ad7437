"""The rows that are ready, as they were read: who, what in words, what each will do, what to look at first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.core.paginator import Paginator

from binome.bureau.colonnes import CLE, REFERENCE, colonnes
from binome.comptes.etat_civil import naissance_en_mots, nom_en_entier
from binome.dossiers.employeurs.services import ouverts
from binome.dossiers.models import Dossier
from binome.dossiers.receptions import EtatDeLigne
from binome.imports.reperes import Reperes
from binome.imports.sort import sort_de
from binome.imports.verifier import ANNEE, NAISSANCE, Lecteur
from binome.regles.faits import lire_valeur

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.core.paginator import Page

    from binome.dossiers.receptions import Import, LigneImportee
    from binome.imports.doutes import Doute
    from binome.imports.sort import SortDeLigne
    from binome.imports.verifier import LigneVerifiee

PAGE: Final = 25
"""Ready rows on a page."""
PREVUES: Final = 1000
"""Ready rows whose end is worked out to be counted: a tenth of a second."""


class CelluleLue(NamedTuple):
    """What a cell says, in words; `change` when a dossier says something else."""

    titre: str
    mots: str
    change: bool


@dataclass(frozen=True, slots=True)
class LignePrete:
    """A row as it was read, and what it will do; `delie`: who employs follows the dossier no longer."""

    rang: LigneImportee
    qui: str
    dites: Sequence[CelluleLue]
    sort: SortDeLigne
    dossier: Dossier | None
    doutes: Sequence[Doute]
    delie: bool = False

    @property
    def nouvelle(self) -> bool:
        """Whether it makes a dossier."""
        return self.sort.etat == EtatDeLigne.CREEE

    @property
    def change(self) -> bool:
        """Whether it corrects a draft."""
        return self.sort.etat == EtatDeLigne.CHANGEE

    @property
    def douteuse(self) -> bool:
        """Whether it may be about somebody who is there already."""
        return any(un.personne for un in self.doutes)


@dataclass(frozen=True, slots=True)
class Prevision:
    """How many ready rows make a dossier, correct one, change nothing, or will be left; `sures` when each was worked out."""

    creees: int
    changees: int
    identiques: int
    laissees: int
    sures: bool


def pretes(
    importation: Import, doutes: Sequence[Doute], numero: str | None
) -> tuple[Page[int], list[LignePrete]]:
    """A page of the ready rows, those to look at first, then the others in the order of the file."""
    bonnes = importation.rangs.filter(etat=EtatDeLigne.BONNE).order_by("numero")
    numeros = list(bonnes.values_list("numero", flat=True))
    par_numero: dict[int, list[Doute]] = {}
    for un in doutes:
        par_numero.setdefault(un.numero, []).append(un)
    numeros.sort(key=lambda n: (not any(un.personne for un in par_numero.get(n, ())), n))
    page = Paginator(numeros, PAGE).get_page(numero)
    voulus = list(page)
    rangs = {un.numero: un for un in bonnes.filter(numero__in=voulus)}
    lues = list(_lire(importation, [rangs[n] for n in voulus]))
    delies = _delies(lues)
    return page, [
        LignePrete(
            rang,
            nom_en_entier(lue.identite.get("prenom", ""), lue.identite.get("nom", "")),
            list(_dites(importation.certification, lue, sort)),
            sort,
            dossier,
            par_numero.get(rang.numero, ()),
            dossier is not None and dossier.pk in delies,
        )
        for rang, lue, dossier, sort in lues
    ]


def _delies(
    lues: Iterable[tuple[LigneImportee, LigneVerifiee, Dossier | None, SortDeLigne]],
) -> set[int]:
    """The dossiers that an employer follows, and whose row names another: the gesture that writes it unties them."""
    changent = {
        dossier.pk: (dossier.employeur_identifiant, sort.identite["employeur_identifiant"])
        for *_, dossier, sort in lues
        if dossier is not None and "employeur_identifiant" in sort.identite
    }
    if not changent:
        return set()
    suivis = ouverts().filter(dossier__in=changent).order_by()
    return {
        numero
        for numero, identifiant in suivis.values_list("dossier", "emploi__employeur__identifiant")
        if identifiant in {"", changent[numero][0]} - {changent[numero][1]}
    }


def prevoir(importation: Import) -> Prevision:
    """What the ready rows will do, all of them."""
    bonnes = importation.rangs.filter(etat=EtatDeLigne.BONNE).order_by("numero")
    if (combien := bonnes.count()) > PREVUES:
        deja = bonnes.filter(dossier__isnull=False).count()
        return Prevision(combien - deja, 0, deja, 0, sures=False)
    etats = Counter(sort.etat for *_, sort in _lire(importation, bonnes))
    return Prevision(
        etats[EtatDeLigne.CREEE],
        etats[EtatDeLigne.CHANGEE],
        etats[EtatDeLigne.IDENTIQUE],
        etats[EtatDeLigne.LAISSEE],
        sures=True,
    )


def _lire(
    importation: Import, rangs: Iterable[LigneImportee]
) -> Iterator[tuple[LigneImportee, LigneVerifiee, Dossier | None, SortDeLigne]]:
    lecteur = Lecteur(importation.certification)
    lues = [(rang, lecteur.lire(rang.cellules)) for rang in rangs]
    reperes = Reperes(importation.organisme_id, (lue for _, lue in lues))
    numeros = {un for _, lue in lues if (un := reperes.dossier_de(lue))}
    connus = Dossier.objects.filter(pk__in=numeros).prefetch_related("faits").in_bulk()
    for rang, lue in lues:
        numero = reperes.dossier_de(lue)
        dossier = None if numero is None else connus[numero]
        yield rang, lue, dossier, sort_de(importation, dossier, lue)


def _dites(certification: str, lue: LigneVerifiee, sort: SortDeLigne) -> Iterator[CelluleLue]:
    """Each cell that was read, in words, in the order of the template; who it is about is said apart."""
    for nom, une in colonnes(certification).par_nom.items():
        if nom in (CLE, REFERENCE, "prenom", "nom"):
            continue
        if une.fait is not None:
            mots = (
                une.fait.en_mots(lire_valeur(une.fait, lue.faits.get(nom)))
                if nom in lue.faits
                else ""
            )
        else:
            mots = _identite_en_mots(nom, lue.identite)
        if mots:
            change = sort.etat == EtatDeLigne.CHANGEE and (
                nom in sort.identite or nom in sort.faits
            )
            yield CelluleLue(une.titre, mots, change)


def _identite_en_mots(nom: str, identite: Mapping[str, Any]) -> str:
    if nom == NAISSANCE:
        return naissance_en_mots(identite.get(NAISSANCE), identite.get(ANNEE))
    return str(identite.get(nom) or "")
