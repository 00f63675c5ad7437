"""Good rows made dossiers, slice by slice: each slice is whole or is not, so that any stop is safe."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from binome.comptes.models import Organisation
from binome.dossiers.attribution import branche_de, nouvelles
from binome.dossiers.doublons import cle_de_recherche
from binome.dossiers.etats import Etat, Origine
from binome.dossiers.gardes import ATTENDUS
from binome.dossiers.imports.models import EtatDeLigne, EtatDImport, Import, LigneImportee
from binome.dossiers.imports.services import clore_si_fini, import_pour
from binome.dossiers.imports.verifier import Lecteur
from binome.dossiers.models import Dossier, Fait
from binome.dossiers.services import IDENTITE
from binome.journal.lignes import Ligne
from binome.journal.services import Fait as Ecrit
from binome.journal.services import ecrire_tout
from binome.regles.courante import base_courante, code_par_defaut
from binome.regles.faits import DossierInvalide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.comptes.acteur import Acteur
    from binome.dossiers.imports.verifier import Lue

TRANCHE: Final = 500
"""Rows a slice: about a second, so that the bar moves and nobody else waits long."""


@dataclass
class _Tranche:
    """What one slice writes, gathered first."""

    importation: Import
    acteur: Acteur
    references: Iterator[str]
    branche: int | None
    nouveaux: list[Dossier] = field(default_factory=list)
    faits_nouveaux: list[tuple[Dossier, dict[str, Any]]] = field(default_factory=list)
    changes: list[tuple[Dossier, dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    deposes: list[Dossier] = field(default_factory=list)
    entrees: list[Ecrit] = field(default_factory=list)


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
    existants = {
        un.cle_import: un
        for un in Dossier.objects.select_for_update()
        .filter(organisme=tenu.organisme_id, cle_import__in=[rang.cle for rang in rangs])
        .prefetch_related("faits")
    }
    a_creer = sum(rang.cle not in existants for rang in rangs)
    tranche = _Tranche(
        tenu, acteur, iter(nouvelles(a_creer)), branche_de(code_par_defaut()) if a_creer else None
    )
    lecteur = Lecteur()
    for rang in rangs:
        lue = lecteur.lire(rang.cellules)
        rang.dossier = existants.get(rang.cle)
        if lue.erreurs:
            # The rules changed since the row was read: it is to be mended again.
            rang.etat, rang.erreurs = (
                EtatDeLigne.A_MENDER,
                [une._asdict() for une in lue.erreurs],
            )
            continue
        if rang.dossier is None:
            rang.etat, rang.dossier = EtatDeLigne.CREEE, _creer(tranche, lue)
        else:
            rang.etat, rang.raison = _mettre_a_jour(tranche, rang.dossier, lue)
        rang.cellules, rang.erreurs = {}, []
    _ecrire(tranche)
    _ranger(rangs)
    clore_si_fini(tenu, acteur.nom_au_journal)
    return tenu


def tout_faire(importation: Import, acteur: Acteur) -> Import:
    """Every slice, one after the other, to the end."""
    while (importation := avancer(importation, acteur)).etat == EtatDImport.EN_COURS:
        pass
    return importation


def _creer(tranche: _Tranche, lue: Lue) -> Dossier:
    identite = lue.identite
    dossier = Dossier(
        reference=next(tranche.references),
        organisme=tranche.importation.organisme,
        branche_id=tranche.branche,
        exemple=tranche.importation.organisme.exemple,
        cle_import=lue.cle,
        version=2,  # opened, then written
        recherche=cle_de_recherche(identite.get("prenom", ""), identite.get("nom", "")),
        **identite,
    )
    tranche.nouveaux.append(dossier)
    tranche.faits_nouveaux.append((dossier, lue.faits))
    return dossier


def _mettre_a_jour(tranche: _Tranche, dossier: Dossier, lue: Lue) -> tuple[EtatDeLigne, str]:
    """What becomes of a row whose dossier is there already, and why when it is left."""
    connus = {un.nom: un.valeur for un in dossier.faits.all() if un.origine == Origine.DECLARE}
    identite = {
        nom: valeur for nom, valeur in lue.identite.items() if getattr(dossier, nom) != valeur
    }
    faits = {nom: valeur for nom, valeur in lue.faits.items() if connus.get(nom) != valeur}
    brouillon = dossier.etat == Etat.BROUILLON
    if not identite and not faits:
        a_deposer = brouillon and tranche.importation.deposer and _complet(dossier, connus)
        if not a_deposer:
            return EtatDeLigne.IDENTIQUE, ""
    elif not brouillon:
        return EtatDeLigne.LAISSEE, (
            f"Le dossier {dossier.reference} est « {dossier.get_etat_display()} » : "
            "un import ne change que les brouillons."
        )
    try:
        base_courante().vue("positionnement").lire({**connus, **faits})
    except DossierInvalide as invalide:
        return EtatDeLigne.LAISSEE, f"Avec ce que le dossier contient déjà : {invalide}."[:300]
    if identite or faits:
        tranche.changes.append((dossier, identite, faits))
        _noter_changement(tranche, dossier, identite, connus, faits)
        for nom, valeur in identite.items():
            setattr(dossier, nom, valeur)
        dossier.recherche = cle_de_recherche(dossier.prenom, dossier.nom)
        dossier.version += 1
    if tranche.importation.deposer and _complet(dossier, {**connus, **faits}):
        tranche.deposes.append(dossier)
    return EtatDeLigne.CHANGEE, ""


def _complet(dossier: Dossier, faits: dict[str, Any]) -> bool:
    """What `gardes.complet` asks for, on facts that may not be stored yet."""
    return "date_entree" in faits and all(getattr(dossier, champ) for champ, _ in ATTENDUS)


def _dit(valeur: object) -> object:
    return valeur if valeur is None or isinstance(valeur, str) else str(valeur)


def _noter_changement(
    tranche: _Tranche,
    dossier: Dossier,
    identite: dict[str, Any],
    connus: dict[str, Any],
    faits: dict[str, Any],
) -> None:
    tranche.entrees.append(
        Ecrit(
            "dossier.ecrire",
            dossier.objet,
            auteur=tranche.acteur.nom_au_journal,
            avant={
                "etat": dossier.etat,
                "faits": {nom: connus.get(nom) for nom in faits},
            },
            apres={
                "etat": dossier.etat,
                "champs": sorted(identite),
                "faits": faits,
                "import": tranche.importation.pk,
            },
            sujet=dossier.sujet,
            prive={
                nom: {"avant": _dit(getattr(dossier, nom)), "apres": _dit(valeur)}
                for nom, valeur in identite.items()
            },
        )
    )


def _noter_creation(tranche: _Tranche, dossier: Dossier, faits: dict[str, Any]) -> None:
    auteur, suite = tranche.acteur.nom_au_journal, {"import": tranche.importation.pk}
    champs = {nom: getattr(dossier, nom) for nom in IDENTITE if getattr(dossier, nom)}
    etat = {"etat": Etat.BROUILLON.value}
    ouvrir = {**etat, "organisme": dossier.organisme_id, **suite}
    ecrire = {**etat, "champs": sorted(champs), "faits": faits, **suite}
    prive = {nom: {"avant": None, "apres": _dit(valeur)} for nom, valeur in champs.items()}
    objet, sujet = dossier.objet, dossier.sujet
    tranche.entrees += (
        Ecrit("dossier.ouvrir", objet, auteur=auteur, apres=ouvrir, sujet=sujet),
        Ecrit(
            "dossier.ecrire", objet, auteur=auteur, avant=etat, apres=ecrire, sujet=sujet,
            prive=prive,
        ),
    )  # fmt: skip


def _ecrire(tranche: _Tranche) -> None:
    """Writes what was gathered: the dossiers, their facts, then the journal."""
    Dossier.objects.bulk_create(tranche.nouveaux, batch_size=TRANCHE)
    for dossier, faits in tranche.faits_nouveaux:
        _noter_creation(tranche, dossier, faits)
        if tranche.importation.deposer and _complet(dossier, faits):
            tranche.deposes.append(dossier)
    poses = Fait.objects.bulk_create(
        [
            Fait(dossier=dossier, nom=nom, origine=Origine.DECLARE, valeur=valeur)
            for dossier, faits in _avec_faits(tranche)
            for nom, valeur in faits.items()
        ],
        batch_size=TRANCHE,
        update_conflicts=True,
        unique_fields=["dossier", "nom", "origine"],
        update_fields=["valeur", "pose_le"],
    )
    Dossier.objects.bulk_update(
        [dossier for dossier, *_ in tranche.changes],
        [*IDENTITE, "recherche", "version"],
        batch_size=50,
    )
    _deposer(tranche)
    ecrire_tout(_avec_leurs_lignes(tranche, poses))


def _avec_leurs_lignes(tranche: _Tranche, faits: Iterable[Fait]) -> list[Ecrit]:
    """The entries, the last one about each dossier naming the rows that the slice wrote of it."""
    ecrites: defaultdict[str, list[Ligne]] = defaultdict(list)
    for dossier in tranche.nouveaux:
        ecrites[dossier.objet].append(Ligne(Dossier, dossier.pk))
    for dossier, identite, _ in tranche.changes:
        if identite:
            ecrites[dossier.objet].append(Ligne(Dossier, dossier.pk, tuple(sorted(identite))))
    for dossier in tranche.deposes:
        ecrites[dossier.objet].append(Ligne(Dossier, dossier.pk, ("etat", "depose_le")))
    for fait in faits:
        ecrites[fait.dossier.objet].append(Ligne(Fait, fait.pk))
    derniers = {entree.objet: rang for rang, entree in enumerate(tranche.entrees)}
    return [
        replace(entree, lignes=tuple(ecrites[entree.objet]))
        if derniers[entree.objet] == rang
        else entree
        for rang, entree in enumerate(tranche.entrees)
    ]


def _avec_faits(tranche: _Tranche) -> Iterable[tuple[Dossier, dict[str, Any]]]:
    yield from tranche.faits_nouveaux
    yield from ((dossier, faits) for dossier, _, faits in tranche.changes)


def _deposer(tranche: _Tranche) -> None:
    Dossier.objects.filter(pk__in=[un.pk for un in tranche.deposes], etat=Etat.BROUILLON).update(
        etat=Etat.DEPOSE, depose_le=timezone.now(), version=F("version") + 1
    )
    tranche.entrees += [
        Ecrit(
            "dossier.deposer",
            dossier.objet,
            auteur=tranche.acteur.nom_au_journal,
            avant={"etat": Etat.BROUILLON.value},
            apres={"etat": Etat.DEPOSE.value, "import": tranche.importation.pk},
            sujet=dossier.sujet,
        )
        for dossier in tranche.deposes
    ]


def _ranger(rangs: list[LigneImportee]) -> None:
    """Keeps what became of each row. Inserted over themselves: a third of the time of an update."""
    LigneImportee.objects.bulk_create(
        rangs,
        batch_size=TRANCHE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["etat", "raison", "cellules", "erreurs", "dossier"],
    )
