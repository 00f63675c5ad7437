"""Doctors written down, and completed: one row a doctor, whichever the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction

from binome.contrats_d_aide.etats import SpecialiteDeMedecin
from binome.contrats_d_aide.models import Medecin
from binome.contrats_d_aide.recherche import contrats_des_medecins, refaire_la_recherche
from binome.contrats_d_aide.rpps import lire_un_rpps
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire_tout
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.comptes.acteur import Acteur

DIRE_UN_MEDECIN: Final = "medecin.dit"
"""The entry that a doctor is written down."""
COMPLETER_UN_MEDECIN: Final = "medecin.complete"
"""The entry that what was not known of a doctor is."""
AUTRE_MEDECIN: Final = "Ce numéro RPPS est déjà celui d’un autre médecin : relisez-le."
AUTRE_SPECIALITE: Final = (
    "Binôme connaît ce médecin avec une autre spécialité : relisez-la, ou demandez à la caisse."
)
SE_COMPLETENT: Final = ("prenom", "rpps", "specialite")


@dataclass(frozen=True)
class MedecinDit:
    """A doctor as a form or a table says them; `rpps` as it was typed."""

    nom: str
    prenom: str = ""
    rpps: str = ""
    specialite: str = ""


def lire_un_medecin(dit: MedecinDit) -> Medecin:
    """A doctor as they would be written, checked, not written. Raises GesteImpossible for a wrong key, a name that is missing."""
    try:
        rpps = lire_un_rpps(dit.rpps)
    except ValueError as faute:
        raise GesteImpossible(str(faute), champ="rpps") from None
    nom, prenom = " ".join(dit.nom.split()), " ".join(dit.prenom.split())
    if not nom:
        raise GesteImpossible("Dites le nom du médecin.", champ="nom")
    if max(len(nom), len(prenom)) > 100:
        raise GesteImpossible("Un nom tient en cent caractères au plus.", champ="nom")
    if dit.specialite and dit.specialite not in SpecialiteDeMedecin.values:
        raise GesteImpossible("Choisissez une spécialité de la liste.", champ="specialite")
    return Medecin(nom=nom, prenom=prenom, rpps=rpps, specialite=dit.specialite)


def est_le_meme(deja: Medecin, dit: Medecin) -> bool:
    """Whether a doctor of the same RPPS has the same name, as far as it is said."""
    return plier(deja.nom) == plier(dit.nom) and (
        not dit.prenom or not deja.prenom or plier(deja.prenom) == plier(dit.prenom)
    )


def ce_qui_complete(deja: Medecin, dit: Medecin) -> tuple[str, ...]:
    """What is said of a doctor that was not known; written on the doctor, not in the database. Raises GesteImpossible for another's name,
    and for a specialty that is not the one that is known: what is typed is never dropped without a word.
    """
    if not est_le_meme(deja, dit):
        raise GesteImpossible(AUTRE_MEDECIN, champ="rpps")
    if deja.specialite and dit.specialite and deja.specialite != dit.specialite:
        raise GesteImpossible(AUTRE_SPECIALITE, champ="specialite")
    neufs = [champ for champ in SE_COMPLETENT if getattr(dit, champ) and not getattr(deja, champ)]
    for champ in neufs:
        setattr(deja, champ, getattr(dit, champ))
    return tuple(neufs)


@transaction.atomic
def dire_un_medecin(dit: MedecinDit, par: Acteur, connu: Medecin | None = None) -> Medecin:
    """The doctor of an RPPS, or a new one; `connu` is the one that a contract has already, whose number may never have been given.

    Raises GesteImpossible for a wrong key, or a number that is another's.
    """
    lu = lire_un_medecin(dit)
    deja = Medecin.objects.filter(rpps=lu.rpps).first() if lu.rpps else None
    if deja is None and connu is not None and lu.rpps in ("", connu.rpps or lu.rpps):
        # Nobody else has the number: the same name is the same doctor.
        deja = connu if est_le_meme(connu, lu) else None
        if deja is None and _seul_ici(connu):
            return _renommer(connu, lu, par)
    if deja is None:
        ecrire_les_medecins([lu], par)
        return lu
    _ecrire_ce_qui_complete([(deja, ce_qui_complete(deja, lu))], par)
    return deja


def _seul_ici(medecin: Medecin) -> bool:
    """Whether one draft alone names a doctor of whom no number is known: a wrong name is then put right where it is."""
    return (
        not medecin.rpps
        and medecin.personne_id is None
        and not medecin.contrats.filter(signe_le__isnull=False).exists()
        and medecin.contrats.count() == 1
        and not medecin.adhesions.exists()
    )


def _renommer(connu: Medecin, lu: Medecin, par: Acteur) -> Medecin:
    champs = ("nom", "prenom", "rpps", "specialite")
    for champ in champs:
        setattr(connu, champ, getattr(lu, champ))
    _ecrire_ce_qui_complete([(connu, champs)], par)
    return connu


def completer_les_medecins(
    complets: Iterable[tuple[Medecin, tuple[str, ...]]], par: Acteur
) -> None:
    """Writes what completes some doctors. Raises GesteImpossible when a number was taken meanwhile."""
    _ecrire_ce_qui_complete([un for un in complets if un[1]], par)


def _ecrire_ce_qui_complete(
    complets: Sequence[tuple[Medecin, tuple[str, ...]]], par: Acteur
) -> None:
    siens = [un for un in complets if un[1]]
    try:
        with transaction.atomic():
            for medecin, champs in siens:
                medecin.save(update_fields=champs)
            if siens:
                refaire_la_recherche(contrats_des_medecins(un.pk for un, _ in siens))
    except IntegrityError:
        raise GesteImpossible(AUTRE_MEDECIN, champ="rpps") from None
    ecrire_tout(
        [
            Ecriture(COMPLETER_UN_MEDECIN, medecin.objet, auteur=par.nom_au_journal, sujet=medecin.objet,
                     lignes=lignes([medecin], *champs))
            for medecin, champs in siens
        ]
    )  # fmt: skip


@transaction.atomic
def ecrire_les_medecins(neufs: Sequence[Medecin], par: Acteur) -> None:
    """Writes new doctors down, in a few queries. Raises GesteImpossible when one was written meanwhile."""
    try:
        with transaction.atomic():
            Medecin.objects.bulk_create(neufs)
    except IntegrityError:
        raise GesteImpossible(AUTRE_MEDECIN, champ="rpps") from None
    ecrire_tout(
        [
            Ecriture(DIRE_UN_MEDECIN, un.objet, auteur=par.nom_au_journal, sujet=un.objet, lignes=lignes([un]))
            for un in neufs
        ]
    )  # fmt: skip
