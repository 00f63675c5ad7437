"""What to look at before dossiers are made out of the good rows: who may be there twice, as the form warns.

It stops nothing: the same name on the same day may be two people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from binome.comptes.telephones import zero_perdu
from binome.dossiers.doublons import marques, marques_communes, proches
from binome.dossiers.en_liste import noms_plies
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import visibles
from binome.dossiers.receptions import EtatDeLigne
from binome.echanges.cles import cle_comparee
from binome.imports.verifier import Lecteur

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.comptes.acteur import Acteur
    from binome.dossiers.receptions import Import

PAQUET: Final = 500
COMPAREES: Final = 5000
"""Ready rows that are compared: about a second. A page says when there are more."""
MONTRES: Final = 100
"""Doubts that a page shows; it says how many there are."""


class Doute(NamedTuple):
    """A row, and what to look at."""

    numero: int
    phrase: str


def doutes(importation: Import, acteur: Acteur) -> list[Doute]:
    """The doubts about the first rows that are ready, `COMPAREES` at most, in the order of the file."""
    lus = list(_lire(importation))
    dites = [*_zeros(importation), *_retires(importation), *_dans_le_fichier(lus)]
    for debut in range(0, len(lus), PAQUET):
        dites += _deja_la(acteur, lus[debut : debut + PAQUET])
    return sorted(dites)


def _bonnes(importation: Import) -> Iterator[tuple[int, str, dict[str, str]]]:
    rangs = importation.rangs.filter(etat=EtatDeLigne.BONNE).order_by("numero")
    yield from rangs.values_list("numero", "cle", "cellules")[:COMPAREES]


def _lire(importation: Import) -> Iterator[tuple[int, Dossier]]:
    """Each row as the dossier that it would make; none is kept."""
    lecteur = Lecteur(importation.certification)
    for numero, cle, cellules in _bonnes(importation):
        dossier = Dossier(
            organisme_id=importation.organisme_id, cle_import=cle, **lecteur.identite(cellules)
        )
        dossier.recherche = noms_plies(dossier.prenom, dossier.nom, dossier.nom_de_naissance)
        yield numero, dossier


def _zeros(importation: Import) -> Iterator[Doute]:
    for numero, _, cellules in _bonnes(importation):
        telephone = cellules.get("telephone", "")
        if zero_perdu(telephone):
            yield Doute(numero, f"le téléphone avait perdu son zéro ; il est lu 0{telephone}")


def _retires(importation: Import) -> Iterator[Doute]:
    """The rows of withdrawn dossiers, which an import leaves as they are."""
    siens = Dossier.objects.filter(organisme=importation.organisme_id, etat=Etat.RETIRE)
    cles = siens.exclude(cle_import="").order_by("pk").values_list("cle_import", "reference")
    connues = {cle_comparee(cle): reference for cle, reference in cles.iterator()}
    for numero, cle, _ in _bonnes(importation) if connues else ():
        if reference := connues.get(cle_comparee(cle)):
            yield Doute(
                numero,
                f"sa clé est celle du dossier {reference}, qui est retiré ; la ligne sera laissée, "
                "sauf si vous rétablissez ce dossier, ou changez la clé",
            )


def _dans_le_fichier(lus: list[tuple[int, Dossier]]) -> Iterator[Doute]:
    vus: dict[tuple[object, ...], tuple[int, Dossier]] = {}
    for numero, dossier in lus:
        siennes = marques(dossier)
        deja = next((vus[une] for une in siennes if une in vus), None)
        if deja is not None:
            communes = marques_communes(dossier, deja[1])
            yield Doute(numero, f"peut-être la même personne qu’à la ligne {deja[0]} ({communes})")
        for une in siennes:
            vus.setdefault(une, (numero, dossier))


def _deja_la(acteur: Acteur, lus: list[tuple[int, Dossier]]) -> Iterator[Doute]:
    par_marque: dict[tuple[object, ...], list[tuple[int, Dossier]]] = {}
    for numero, dossier in lus:
        for une in marques(dossier):
            par_marque.setdefault(une, []).append((numero, dossier))
    connus = list(proches([dossier for _, dossier in lus]))
    ouverts = set(
        visibles(acteur).filter(pk__in=[un.pk for un in connus]).values_list("pk", flat=True)
    )
    for autre in connus:
        touches = {n: un for une in marques(autre) for n, un in par_marque.get(une, ())}
        for numero, dossier in touches.items():
            if _du_meme(dossier, autre):
                continue
            ou = (
                f"dans le dossier {autre.reference} ({marques_communes(dossier, autre)})"
                if autre.pk in ouverts
                else "dans un dossier d’un autre organisme. La branche vérifiera"
            )
            yield Doute(numero, f"peut-être la même personne que {ou}")


def _du_meme(dossier: Dossier, autre: Dossier) -> bool:
    """Whether the row is to write in that very dossier."""
    return dossier.organisme_id == autre.organisme_id and cle_comparee(
        dossier.cle_import
    ) == cle_comparee(autre.cle_import)
