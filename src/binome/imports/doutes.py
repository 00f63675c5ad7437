"""What to look at before dossiers are made out of the good rows: who may be there twice, as the form warns.

It stops nothing: the same name on the same day may be two people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.comptes.telephones import zero_perdu
from binome.dossiers.doublons import marques_communes
from binome.dossiers.en_liste import noms_plies
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import visibles
from binome.dossiers.receptions import EtatDeLigne
from binome.echanges.cles import cle_comparee
from binome.imports.ressemblances import marques, proches
from binome.imports.verifier import Lecteur

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.dossiers.receptions import Import, LigneImportee

PAQUET: Final = 500
COMPAREES: Final = 5000
"""Ready rows that are compared: about a second. A page says when there are more."""
MONTRES: Final = 100
"""Doubts that a page shows; it says how many there are."""


class Doute(NamedTuple):
    """A row, and what to look at; `personne`: it may be about somebody who is there already."""

    numero: int
    phrase: str
    personne: bool = True


class _Lue(NamedTuple):
    """A ready row as the dossier that it would make, which is not kept."""

    numero: int
    dossier: Dossier
    deja: int | None
    distincte: bool

    @property
    def interroge(self) -> bool:
        """Whether who it is about is to be looked at: it would make a dossier, and nobody said that it may."""
        return self.deja is None and not self.distincte

    def est(self, autre: Dossier) -> bool:
        """Whether the row is to write in that very dossier."""
        if self.dossier.organisme_id != autre.organisme_id:
            return False
        cle, sienne = self.dossier.cle_import, autre.cle_import
        return self.deja == autre.pk or (
            bool(cle and sienne) and cle_comparee(cle) == cle_comparee(sienne)
        )


def doutes(importation: Import, acteur: Acteur) -> list[Doute]:
    """The doubts about the first rows that are ready, `COMPAREES` at most, in the order of the file."""
    lues = list(_lire(importation))
    dites = [*_zeros(importation), *_dans_le_fichier(lues)]
    for debut in range(0, len(lues), PAQUET):
        dites += _deja_la(acteur, lues[debut : debut + PAQUET])
    return sorted(dites)


def _bonnes(importation: Import) -> QuerySet[LigneImportee]:
    return importation.rangs.filter(etat=EtatDeLigne.BONNE).order_by("numero")[:COMPAREES]


def _lire(importation: Import) -> Iterator[_Lue]:
    lecteur = Lecteur(importation.certification)
    for rang in _bonnes(importation):
        dossier = Dossier(
            organisme_id=importation.organisme_id,
            cle_import=rang.cle,
            **lecteur.identite(rang.cellules),
        )
        dossier.recherche = noms_plies(dossier.prenom, dossier.nom, dossier.nom_de_naissance)
        yield _Lue(rang.numero, dossier, rang.dossier_id, rang.distincte)


def _zeros(importation: Import) -> Iterator[Doute]:
    for rang in _bonnes(importation):
        telephone = rang.cellules.get("telephone", "")
        if zero_perdu(telephone):
            dit = f"le téléphone avait perdu son zéro ; il est lu 0{telephone}"
            yield Doute(rang.numero, dit, personne=False)


def _dans_le_fichier(lues: list[_Lue]) -> Iterator[Doute]:
    vues: dict[tuple[object, ...], _Lue] = {}
    for une in lues:
        siennes = marques(une.dossier)
        deja = next((vues[marque] for marque in siennes if marque in vues), None)
        if deja is not None and une.interroge:
            communes = marques_communes(une.dossier, deja.dossier)
            dit = f"peut-être la même personne qu’à la ligne {deja.numero} ({communes})"
            yield Doute(une.numero, dit)
        for marque in siennes:
            vues.setdefault(marque, une)


def _deja_la(acteur: Acteur, lues: list[_Lue]) -> Iterator[Doute]:
    par_marque: dict[tuple[object, ...], list[_Lue]] = {}
    for une in lues:
        for marque in marques(une.dossier) if une.interroge else ():
            par_marque.setdefault(marque, []).append(une)
    connus = list(proches([une.dossier for une in lues]))
    ouverts = set(
        visibles(acteur).filter(pk__in=[un.pk for un in connus]).values_list("pk", flat=True)
    )
    for autre in connus:
        touchees = {une.numero: une for m in marques(autre) for une in par_marque.get(m, ())}
        for numero, une in touchees.items():
            if une.est(autre):
                continue
            ou = (
                f"dans le dossier {autre.reference} ({marques_communes(une.dossier, autre)})"
                if autre.pk in ouverts
                else "dans un dossier d’un autre organisme. La branche vérifiera"
            )
            yield Doute(numero, f"peut-être la même personne que {ou}")
