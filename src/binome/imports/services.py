"""An import, from the file to its dossiers: the only place that changes one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import Http404
from django.utils import timezone

from binome.depot.quotas import exiger_la_place
from binome.depot.refus import RAISONS
from binome.dossiers.attribution import certification_pour
from binome.dossiers.receptions import (
    EN_ATTENTE,
    EtatDeLigne,
    EtatDImport,
    Import,
    LigneImportee,
)
from binome.echanges.preuve import preuve_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.imports.fichiers import lire_fichier
from binome.imports.rangs import comme_avant, double, lire_les_rangs, poser, refuser, sans_masquees
from binome.imports.reperes import Reperes, meme_ligne
from binome.imports.verifier import Lecteur
from binome.journal.lignes import lignes
from binome.journal.services import SYSTEME, Ecriture, ecrire
from binome.lots.avis import ne_rien_dire
from binome.lots.erreurs import TravailImpossible
from binome.pieces import quotas

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.lots.avis import Dire

PAQUET: Final = 500
GARDE: Final = timedelta(days=30)
"""How long an import that nobody finishes is kept."""


def imports_de(acteur: Acteur) -> QuerySet[Import]:
    """The imports of the organisations that the person manages, the last first."""
    return Import.objects.filter(organisme__in=acteur.organisations("gestionnaire"))


def import_pour(acteur: Acteur, pk: int, *, ecrire_: bool = False) -> Import:
    """One import, for a person, to read or to change.

    Raises Http404 when it is not theirs, PermissionDenied for who looks through their eyes.
    """
    trouve = imports_de(acteur).select_related("organisme").filter(pk=pk).first()
    if trouve is None:
        raise Http404("Cet import n’existe pas, ou ne vous est pas ouvert.")
    if ecrire_ and acteur.soutien is not None:
        raise PermissionDenied("Vous regardez à la place d’une personne : rien ne se change.")
    return trouve


def comptes(importation: Import) -> dict[str, int]:
    """How many rows are in each state, every state named."""
    lus = dict(importation.rangs.values_list("etat").annotate(nombre=Count("pk")).order_by("etat"))
    return {etat: lus.get(etat, 0) for etat in EtatDeLigne.values}


def ouvrir_import(
    organisme: Organisation,
    acteur: Acteur,
    chemin: Path,
    certification: str = "",
    *,
    masquees: bool | None = None,
    choix: Mapping[str, str] | None = None,
    dire: Dire = ne_rien_dire,
) -> Import:
    """Reads a whole file and keeps its rows, good or not; nothing is kept when it is refused.

    `masquees` says whether the rows that the sheet hides are taken or left; unsaid, LignesMasquees is raised when there
    are some. `choix` says which column the headings that nobody knows name (empty: none), each by its text folded: unsaid,
    what the organisation answered last time holds, and ColonnesInconnues is raised when some are left. `dire` hears
    what the reader of the file chose. Its rows are filed for a certification, the one by default when none is named.
    Raises TravailImpossible for an unusable file, a certification that is not open to the organisation or a quota that
    it would pass, GesteImpossible from who does not manage the organisation, and OSError when the disk has no room.
    """
    if acteur.soutien is not None or organisme.pk not in acteur.organisations("gestionnaire"):
        raise GesteImpossible("Seule une personne qui gère l’organisme peut importer.")
    try:
        choisie = certification_pour(organisme, certification).code
    except GesteImpossible as impossible:
        raise TravailImpossible(str(impossible)) from impossible
    exiger_la_place()
    _refuser_si_atteint(organisme, acteur, chemin.stat().st_size)
    retenus = correspondances(organisme.pk, choisie) if choix is None else choix
    recu = lire_fichier(chemin, choisie, dire, retenus)
    if choix is None and recu.entetes.choisies:
        dire(comme_avant(recu.entetes, choisie))
    rangs = lire_les_rangs(
        recu if masquees else sans_masquees(recu, laisser=masquees is False), choisie, organisme.pk
    )
    if not rangs:
        raise TravailImpossible("Votre fichier : aucune ligne sous l’en-tête.")
    return _inscrire(organisme, acteur, chemin, rangs, choisie, recu.entetes.choisies)


def correspondances(organisme: int, certification: str) -> Mapping[str, str]:
    """What the organisation answered last of the headings that nobody knows: the column, by the heading folded."""
    siens = Import.objects.filter(organisme=organisme, certification=certification)
    dernier = siens.exclude(correspondances={}).order_by("-cree_le", "-pk").first()
    return dernier.correspondances if dernier is not None else {}


def retiennent(organismes: Collection[Organisation]) -> bool:
    """Whether one of these organisations answered what some headings hold."""
    siens = Import.objects.filter(organisme__in=organismes)
    return siens.exclude(correspondances={}).exists()


def _refuser_si_atteint(organisme: Organisation, acteur: Acteur, octets: int) -> None:
    raison = quotas.atteint(organisme.pk, acteur.personne.pk, octets)
    if raison:
        raise TravailImpossible(RAISONS[raison].phrase)


@transaction.atomic
def _inscrire(
    organisme: Organisation,
    acteur: Acteur,
    chemin: Path,
    rangs: list[LigneImportee],
    certification: str,
    choisies: Mapping[str, str],
) -> Import:
    """Keeps the rows that were read: no lock is held while a file is."""
    with chemin.open("rb") as recu:
        preuve = preuve_de(recu)
    quotas.verrouiller(organisme.pk, acteur.personne.pk)
    _refuser_si_atteint(organisme, acteur, preuve.octets)
    importation = Import.objects.create(
        organisme=organisme,
        par=acteur.personne,
        certification=certification,
        lignes=len(rangs),
        octets=preuve.octets,
        empreinte=preuve.empreinte,
        correspondances=dict(choisies),
    )
    for un in rangs:
        un.importation = importation
    LigneImportee.objects.bulk_create(rangs, batch_size=PAQUET)
    ecrire(
        Ecriture(
            "import.ouvert",
            f"import:{importation.pk}",
            auteur=acteur.nom_au_journal,
            apres={
                "organisme": organisme.pk,
                "certification": certification,
                "lignes": len(rangs),
                "fichier": importation.empreinte,
            },
            lignes=lignes([importation]),
        )
    )
    return importation


def _verrouiller(importation: Import, *etats: EtatDImport) -> Import:
    tenu = Import.objects.select_for_update().get(pk=importation.pk)
    if tenu.etat not in etats:
        raise GesteImpossible(f"L’import est « {tenu.get_etat_display()} » : il ne se change plus.")
    return tenu


def _ligne(importation: Import, numero: int) -> LigneImportee:
    """The row, held, while it is still to be settled. Raises Http404, Depasse."""
    rang = LigneImportee.objects.select_for_update().filter(importation=importation, numero=numero)
    trouve = rang.first()
    if trouve is None:
        raise Http404("Cette ligne n’existe pas.")
    if trouve.etat not in EN_ATTENTE:
        raise Depasse
    return trouve


@transaction.atomic
def mender(
    importation: Import,
    numero: int,
    cellules: Mapping[str, str],
    acteur: Acteur,
    *,
    partout: Collection[str] = (),
) -> list[LigneImportee]:
    """Writes some cells of one row again and checks it; in the columns of `partout`, the rows to mend that say the same
    take the same. The row first, then those others.

    Raises GesteImpossible once the import is over, Depasse when the row is settled, Http404.
    """
    import_pour(acteur, importation.pk, ecrire_=True)
    tenu = _verrouiller(importation, EtatDImport.OUVERT)
    rang = _ligne(tenu, numero)
    dits = {nom: texte.strip() for nom, texte in cellules.items()}
    autres = _qui_disent(tenu, rang, [nom for nom in partout if nom in dits])
    mendees = [(rang, dits), *((un, {nom: dits[nom] for nom in noms}) for un, noms in autres)]
    lecteur = Lecteur(tenu.certification)
    for un, siens in mendees:
        nouvelles = {nom: texte for nom, texte in {**un.cellules, **siens}.items() if texte}
        lue = lecteur.lire(nouvelles)
        poser(un, nouvelles, lue, Reperes(tenu.organisme_id, [lue]))
        if (deja := _deja_dite(tenu, un)) is not None:
            refuser(un, double(un, deja))
        un.save(update_fields=["cle", "cellules", "erreurs", "etat", "dossier"])
    return [un for un, _ in mendees]


def _qui_disent(
    importation: Import, rang: LigneImportee, noms: Iterable[str]
) -> list[tuple[LigneImportee, list[str]]]:
    """The other rows to mend that hold the very mistakes of a row, held, each with the columns where it does."""
    fautifs = {une["cle"] for une in rang.erreurs}
    dits = {nom: texte for nom in noms if nom in fautifs and (texte := rang.cellules.get(nom))}
    if not dits:
        return []
    a_mender = importation.rangs.select_for_update().filter(etat=EtatDeLigne.A_MENDER)
    semblables = (
        (un, [nom for nom, texte in dits.items() if un.cellules.get(nom) == texte])
        for un in a_mender.exclude(pk=rang.pk).order_by("numero")
    )
    return [(un, trouves) for un, trouves in semblables if trouves]


def _deja_dite(importation: Import, rang: LigneImportee) -> int | None:
    """The number of another row about the same dossier, if there is one."""
    if not rang.cle:
        return None
    autres = (
        importation.rangs.exclude(pk=rang.pk)
        .exclude(etat=EtatDeLigne.ECARTEE)
        .order_by("numero")
        .values_list("numero", "cle", "dossier")
    )
    meme = meme_ligne(rang.dossier_id, rang.cle)
    return next((n for n, cle, dossier in autres if cle and meme_ligne(dossier, cle) == meme), None)


@transaction.atomic
def ecarter(importation: Import, numero: int, acteur: Acteur) -> LigneImportee:
    """Leaves one row out, and forgets its cells. Raises GesteImpossible, Depasse, Http404."""
    import_pour(acteur, importation.pk, ecrire_=True)
    tenu = _verrouiller(importation, EtatDImport.OUVERT)
    rang = _ligne(tenu, numero)
    rang.etat, rang.cellules, rang.erreurs = EtatDeLigne.ECARTEE, {}, []
    rang.save(update_fields=["etat", "cellules", "erreurs"])
    return rang


@transaction.atomic
def distinguer(importation: Import, numero: int, acteur: Acteur) -> LigneImportee:
    """Says that who a row is about is not who it looks like. Raises GesteImpossible, Depasse, Http404."""
    import_pour(acteur, importation.pk, ecrire_=True)
    tenu = _verrouiller(importation, EtatDImport.OUVERT)
    rang = _ligne(tenu, numero)
    rang.distincte = True
    rang.save(update_fields=["distincte"])
    return rang


@transaction.atomic
def commencer(importation: Import, acteur: Acteur, *, deposer: bool) -> Import:
    """Starts making dossiers out of the good rows. Raises GesteImpossible when there is none."""
    import_pour(acteur, importation.pk, ecrire_=True)
    tenu = _verrouiller(importation, EtatDImport.OUVERT)
    if not tenu.rangs.filter(etat=EtatDeLigne.BONNE).exists():
        raise GesteImpossible("Aucune ligne n’est prête. Corrigez d’abord celles qui attendent.")
    tenu.etat, tenu.deposer = EtatDImport.EN_COURS, deposer
    tenu.save(update_fields=["etat", "deposer"])
    return tenu


@transaction.atomic
def abandonner(importation: Import, acteur: Acteur) -> Import:
    """Stops an import: what it made stays, what was not made is forgotten. Raises GesteImpossible."""
    import_pour(acteur, importation.pk, ecrire_=True)
    tenu = _verrouiller(importation, EtatDImport.OUVERT, EtatDImport.EN_COURS)
    return _finir(tenu, EtatDImport.ABANDONNE, acteur.nom_au_journal)


def _finir(importation: Import, etat: EtatDImport, auteur: str) -> Import:
    importation.rangs.filter(etat__in=EN_ATTENTE).update(
        etat=EtatDeLigne.ECARTEE, cellules={}, erreurs=[]
    )
    importation.etat, importation.fini_le = etat, timezone.now()
    importation.save(update_fields=["etat", "fini_le"])
    ecrire(
        Ecriture(
            f"import.{etat.value}",
            f"import:{importation.pk}",
            auteur=auteur,
            apres={nom: nombre for nom, nombre in comptes(importation).items() if nombre},
            lignes=lignes([importation], "fini_le"),
        )
    )
    return importation


def clore_si_fini(importation: Import, auteur: str) -> None:
    """After a slice: goes on, waits for rows to be mended, or is over. Within the slice's transaction."""
    restent = set(
        importation.rangs.filter(etat__in=EN_ATTENTE).values_list("etat", flat=True).distinct()
    )
    if EtatDeLigne.BONNE in restent:
        return
    if restent:
        importation.etat = EtatDImport.OUVERT
        importation.save(update_fields=["etat"])
        return
    _finir(importation, EtatDImport.FINI, auteur)


@transaction.atomic
def oublier_anciens() -> int:
    """Abandons the imports that nobody finished in thirty days; how many there were."""
    anciens = Import.objects.select_for_update().filter(
        etat__in=(EtatDImport.OUVERT, EtatDImport.EN_COURS),
        cree_le__lt=timezone.now() - GARDE,
    )
    return len([_finir(un, EtatDImport.ABANDONNE, SYSTEME) for un in anciens])
