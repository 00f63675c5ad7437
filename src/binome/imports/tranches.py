"""Good rows made dossiers, slice by slice: each slice is whole or is not, so that any stop is safe.

A row is written, then filed, by the gestures of the form, with all that they do besides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import prefetch_related_objects

from binome.comptes.models import Organisation
from binome.dossiers import gardes
from binome.dossiers.attribution import branche_de, nouvelles
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier
from binome.dossiers.receptions import EtatDeLigne, EtatDImport, Import, LigneImportee
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous, naitre
from binome.imports.reperes import Reperes
from binome.imports.services import clore_si_fini, import_pour
from binome.imports.sort import sort_de
from binome.imports.verifier import Lecteur

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.comptes.acteur import Acteur
    from binome.imports.sort import SortDeLigne
    from binome.imports.verifier import LigneVerifiee

TRANCHE: Final = 500
"""Rows a slice: about a second, so that the bar moves and nobody else waits long."""


@dataclass
class _Tranche:
    """What one slice does, gathered first."""

    importation: Import
    acteur: Acteur
    references: Iterator[str]
    branche: int | None
    nouveaux: list[Dossier] = field(default_factory=list)
    ecrits: list[tuple[LigneImportee, Passage[Dossier]]] = field(default_factory=list)
    touches: list[tuple[LigneImportee, Dossier]] = field(default_factory=list)

    @property
    def suite(self) -> dict[str, Any]:
        """What the journal keeps of where a gesture comes from."""
        return {"import": self.importation.pk}


@transaction.atomic
def avancer(importation: Import, acteur: Acteur) -> Import:
    """Makes the next slice of dossiers; the import as it stands after. Nothing to do is no mistake.

    Raises Http404, PermissionDenied.
    """
    import_pour(acteur, importation.pk, ecrire_=True)
    # One slice at a time in an organisation: two imports of the same key cannot both create it.
    Organisation.objects.select_for_update().get(pk=importation.organisme_id)
    tenu = (
        Import.objects.select_for_update(of=("self",))
        .select_related("organisme")
        .get(pk=importation.pk)
    )
    if tenu.etat != EtatDImport.EN_COURS:
        return tenu
    rangs = list(tenu.rangs.filter(etat=EtatDeLigne.BONNE).order_by("numero")[:TRANCHE])
    lecteur = Lecteur(tenu.certification)
    lues = [lecteur.lire(rang.cellules) for rang in rangs]
    reperes = Reperes(tenu.organisme_id, lues)
    numeros = [reperes.dossier_de(lue) for lue in lues]
    existants = _tenus(numeros)
    a_creer = numeros.count(None)
    tranche = _Tranche(
        tenu,
        acteur,
        iter(nouvelles(a_creer)),
        branche_de(tenu.certification, tenu.organisme) if a_creer else None,
    )
    for rang, lue, numero in zip(rangs, lues, numeros, strict=True):
        _regler(tranche, rang, lue, None if numero is None else existants[numero], reperes)
    _faire(tranche)
    _ranger(rangs)
    clore_si_fini(tenu, acteur.nom_au_journal)
    return tenu


def _tenus(numeros: Iterable[int | None]) -> dict[int, Dossier]:
    """The dossiers that are there already, held, by number."""
    tenus = Dossier.objects.select_for_update().filter(pk__in={un for un in numeros if un})
    return {un.pk: un for un in tenus.prefetch_related("faits").order_by("pk")}


def _regler(
    tranche: _Tranche,
    rang: LigneImportee,
    lue: LigneVerifiee,
    dossier: Dossier | None,
    reperes: Reperes,
) -> None:
    """Says what becomes of a row, and gathers what it writes."""
    rang.dossier = dossier
    erreurs = (*lue.erreurs, *reperes.fautes(lue))
    if erreurs:
        # The rules or the dossiers changed since the row was read: it is to be mended again.
        rang.etat, rang.erreurs = EtatDeLigne.A_MENDER, [une._asdict() for une in erreurs]
        return
    sort = sort_de(tranche.importation, dossier, lue)
    rang.etat, rang.raison = sort.etat, sort.raison
    rang.cellules, rang.erreurs = {}, []
    if dossier is None:
        rang.dossier = dossier = _nouveau(tranche, lue)
    elif sort.etat != EtatDeLigne.CHANGEE:
        return
    if sort.identite or sort.faits:
        _ecrire(tranche, rang, dossier, sort)
    tranche.touches.append((rang, dossier))


def tout_faire(importation: Import, acteur: Acteur) -> Import:
    """Every slice, one after the other, to the end."""
    while (importation := avancer(importation, acteur)).etat == EtatDImport.EN_COURS:
        pass
    return importation


def _nouveau(tranche: _Tranche, lue: LigneVerifiee) -> Dossier:
    organisme = tranche.importation.organisme
    dossier = Dossier(
        reference=next(tranche.references),
        organisme=organisme,
        certification=tranche.importation.certification,
        branche_id=tranche.branche,
        exemple=organisme.exemple,
        cle_import=lue.cle,
    )
    tranche.nouveaux.append(dossier)
    return dossier


def _ecrire(tranche: _Tranche, rang: LigneImportee, dossier: Dossier, sort: SortDeLigne) -> None:
    donnees = {
        "identite": dict(sort.identite),
        "faits": dict(sort.faits),
        "connus": dict(sort.connus),
        "suite": tranche.suite,
    }
    tranche.ecrits.append((rang, Passage(dossier, dossier.version, donnees)))


def _faire(tranche: _Tranche) -> None:
    """Opens, writes, then files what is complete when the import was asked to."""
    naitre(
        FLUX,
        "ouvrir",
        tranche.nouveaux,
        tranche.acteur,
        apres={
            "organisme": tranche.importation.organisme_id,
            "certification": tranche.importation.certification,
            **tranche.suite,
        },
    )
    faire_tous(FLUX, "ecrire", [un for _, un in tranche.ecrits], tranche.acteur)
    _laisser(tranche.ecrits)
    if not tranche.importation.deposer:
        return
    touches = [(rang, dossier) for rang, dossier in tranche.touches if not rang.raison]
    prefetch_related_objects([dossier for _, dossier in touches], "faits")
    deposes = [
        (rang, Passage(dossier, dossier.version, {"suite": tranche.suite}))
        for rang, dossier in touches
        if gardes.complet(dossier) is None
    ]
    faire_tous(FLUX, "deposer", [un for _, un in deposes], tranche.acteur)
    _laisser(deposes)


def _laisser(passages: list[tuple[LigneImportee, Passage[Dossier]]]) -> None:
    """A row whose gesture did not pass says why."""
    for rang, passage in passages:
        if passage.refus is not None:
            rang.etat, rang.raison = EtatDeLigne.LAISSEE, str(passage.refus)[:300]


def _ranger(rangs: list[LigneImportee]) -> None:
    """Keeps what became of each row. Inserted over themselves: a third of the time of an update."""
    LigneImportee.objects.bulk_create(
        rangs,
        batch_size=TRANCHE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["etat", "raison", "cellules", "erreurs", "dossier"],
    )
