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
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat, Origine
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier
from binome.dossiers.receptions import EtatDeLigne, EtatDImport, Import, LigneImportee
from binome.dossiers.retablissement import jusqu_a
from binome.echanges.cles import cle_comparee, de_memes_cles
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous, naitre
from binome.imports.services import clore_si_fini, import_pour
from binome.imports.verifier import Lecteur
from binome.regles.faits import DossierInvalide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.comptes.acteur import Acteur
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
    existants = _existants(tenu, rangs)
    a_creer = sum(cle_comparee(rang.cle) not in existants for rang in rangs)
    tranche = _Tranche(
        tenu,
        acteur,
        iter(nouvelles(a_creer)),
        branche_de(tenu.certification, tenu.organisme) if a_creer else None,
    )
    lecteur = Lecteur(tenu.certification)
    for rang in rangs:
        lue = lecteur.lire(rang.cellules)
        rang.dossier = existants.get(cle_comparee(rang.cle))
        if lue.erreurs:
            # The rules changed since the row was read: it is to be mended again.
            rang.etat, rang.erreurs = (
                EtatDeLigne.A_MENDER,
                [une._asdict() for une in lue.erreurs],
            )
            continue
        if rang.dossier is None:
            rang.etat, rang.dossier = EtatDeLigne.CREEE, _creer(tranche, rang, lue)
        else:
            rang.etat, rang.raison = _mettre_a_jour(tranche, rang, rang.dossier, lue)
        rang.cellules, rang.erreurs = {}, []
    _faire(tranche)
    _ranger(rangs)
    clore_si_fini(tenu, acteur.nom_au_journal)
    return tenu


def _existants(importation: Import, rangs: list[LigneImportee]) -> dict[str, Dossier]:
    """The dossiers that are there already, held, each by its key as it is compared; of two, the first."""
    siens = Dossier.objects.filter(organisme=importation.organisme_id)
    cles = siens.exclude(cle_import="").values_list("pk", "cle_import")
    memes = de_memes_cles(cles.iterator(), [rang.cle for rang in rangs])
    tenus = siens.select_for_update().filter(pk__in=memes).prefetch_related("faits")
    return {cle_comparee(un.cle_import): un for un in tenus.order_by("-pk")}


def tout_faire(importation: Import, acteur: Acteur) -> Import:
    """Every slice, one after the other, to the end."""
    while (importation := avancer(importation, acteur)).etat == EtatDImport.EN_COURS:
        pass
    return importation


def _creer(tranche: _Tranche, rang: LigneImportee, lue: LigneVerifiee) -> Dossier:
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
    _ecrire(tranche, rang, dossier, lue.identite, {}, lue.faits)
    return dossier


def _ecrire(
    tranche: _Tranche,
    rang: LigneImportee,
    dossier: Dossier,
    identite: dict[str, Any],
    connus: dict[str, Any],
    faits: dict[str, Any],
) -> None:
    donnees = {"identite": identite, "faits": faits, "connus": connus, "suite": tranche.suite}
    tranche.ecrits.append((rang, Passage(dossier, dossier.version, donnees)))
    tranche.touches.append((rang, dossier))


def _mettre_a_jour(
    tranche: _Tranche, rang: LigneImportee, dossier: Dossier, lue: LigneVerifiee
) -> tuple[EtatDeLigne, str]:
    """What becomes of a row whose dossier is there already, and why when it is left."""
    if dossier.certification != tranche.importation.certification:
        return EtatDeLigne.LAISSEE, f"Le dossier {dossier.reference} est d’une autre certification."
    if dossier.etat == Etat.RETIRE:
        return EtatDeLigne.LAISSEE, _retire(dossier)
    connus = {un.nom: un.valeur for un in dossier.faits.all() if un.origine == Origine.DECLARE}
    identite = {
        nom: valeur for nom, valeur in lue.identite.items() if getattr(dossier, nom) != valeur
    }
    faits = {nom: valeur for nom, valeur in lue.faits.items() if connus.get(nom) != valeur}
    brouillon = dossier.etat == Etat.BROUILLON
    if not identite and not faits:
        if brouillon and tranche.importation.deposer and gardes.complet(dossier) is None:
            tranche.touches.append((rang, dossier))
            return EtatDeLigne.CHANGEE, ""
        return EtatDeLigne.IDENTIQUE, ""
    if not brouillon:
        return EtatDeLigne.LAISSEE, (
            f"Le dossier {dossier.reference} est « {dossier.get_etat_display()} » : "
            "un import ne change que les brouillons."
        )
    try:
        base_de(dossier.certification).lire({**connus, **faits})
    except DossierInvalide as invalide:
        return EtatDeLigne.LAISSEE, f"Avec ce que le dossier contient déjà : {invalide}."[:300]
    _ecrire(tranche, rang, dossier, identite, connus, faits)
    return EtatDeLigne.CHANGEE, ""


def _retire(dossier: Dossier) -> str:
    """Why a row of a withdrawn dossier does nothing, and what to do: an import takes no withdrawal back."""
    quoi = "Rétablissez-le depuis sa page, ou donnez" if jusqu_a(dossier) else "Donnez"
    return f"Le dossier {dossier.reference} est retiré. {quoi} une autre clé à cette ligne."


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
