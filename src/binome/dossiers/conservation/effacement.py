"""Erasing who a dossier is about: what was decided stays, no name is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from binome.comptes.lignes import sujet_de_l_invitation
from binome.comptes.models import Invitation, Personne
from binome.courrier.services import EFFACE, oublier_adresse, oublier_un_dossier
from binome.dossiers.etats import Etat
from binome.dossiers.imports.models import EN_ATTENTE, EtatDeLigne, LigneImportee
from binome.dossiers.lignes import toutes
from binome.dossiers.models import Decision, Dossier, Quarantaine, Recours
from binome.dossiers.pieces.apercus import APERCUS
from binome.etagere import registre
from binome.journal.services import Fait, ecrire, oublier
from binome.lectures import services as lectures

if TYPE_CHECKING:
    from django.db.models import QuerySet

TEXTE: Final = "Texte effacé"
VIDES: Final[dict[str, Any]] = {
    "prenom": "", "nom": "", "naissance": None, "courriel": "", "telephone": "", "employeur": "",
    "employeur_identifiant": "", "session": "", "recherche": "", "cle_import": "", "candidat": None,
}  # fmt: skip
"""The columns that tell who the candidate is, once erased."""


@transaction.atomic
def anonymiser(numero: int, *, auteur: str, motif: str) -> bool:
    """Erases the identity, the documents, the letters, the free texts and the key of the journal.

    The facts, what was proposed and what was decided stay, with the hash of their base. False when it
    was done already. Raises OSError when a file cannot be erased: nothing is then changed, and what was
    erased on the shelf is met again at the next try.
    """
    dossier = Dossier.objects.select_for_update().filter(pk=numero, anonyme_le__isnull=True).first()
    if dossier is None:
        return False
    adresse, le = dossier.courriel, timezone.now()
    change: dict[str, Any] = {**VIDES, "anonyme_le": le}
    if dossier.etat not in (Etat.RETIRE, Etat.CLOS):
        # A draft; or, in a database brought back to an earlier day, what was over when it was erased.
        fini = Etat.RETIRE if dossier.decide_le is None else Etat.CLOS
        change |= {"etat": fini, "clos_le": le, "echeance": None}
    Dossier.objects.filter(pk=numero).update(version=F("version") + 1, **change)
    _effacer_les_textes(dossier)
    lectures.oublier_dossier(dossier.reference)
    _effacer_les_lignes(dossier)
    _effacer_le_courrier(dossier, auteur, motif)
    if adresse and not _sert_encore(adresse):
        oublier_adresse(adresse)
    oublier(dossier.sujet, auteur=auteur, motif=motif, repere=dossier.reference)
    # What stays is told again once the subject is forgotten: under a key that is not destroyed.
    ecrire(
        Fait(
            "dossier.anonymiser",
            dossier.objet,
            auteur=auteur,
            motif=motif,
            avant={"etat": dossier.etat},
            apres={"etat": change.get("etat", dossier.etat), "anonyme": True},
            lignes=toutes(dossier),
        )
    )
    # Last: the transaction is whole but for its end, and a file already gone is no fault.
    _effacer_les_fichiers(dossier)
    return True


def _sert_encore(adresse: str) -> bool:
    """Whether an account or another dossier still has this address."""
    return (
        Personne.objects.filter(courriel=adresse.strip().lower()).exists()
        or Dossier.objects.filter(courriel__iexact=adresse).exists()
    )


def _effacer_les_lignes(dossier: Dossier) -> None:
    """The rows of spreadsheets that told of this person: those it was made from, and those that wait."""
    siennes = Q(dossier=dossier)
    if dossier.cle_import:
        siennes |= Q(cle=dossier.cle_import, importation__organisme=dossier.organisme_id)
    _ecarter(LigneImportee.objects.filter(siennes))
    if dossier.courriel:
        oublier_les_lignes(dossier.courriel)


def oublier_les_lignes(adresse: str) -> None:
    """Sets aside the rows that wait and give this address: they were to make a dossier of who is erased."""
    _ecarter(LigneImportee.objects.filter(etat__in=EN_ATTENTE, cellules__courriel__iexact=adresse))


def _ecarter(lignes: QuerySet[LigneImportee]) -> None:
    numeros = list(lignes.values_list("pk", flat=True))
    siennes = LigneImportee.objects.filter(pk__in=numeros)
    siennes.filter(etat__in=EN_ATTENTE).update(etat=EtatDeLigne.ECARTEE, cellules={}, erreurs=[])
    siennes.update(cle="", raison="")


def _effacer_le_courrier(dossier: Dossier, auteur: str, motif: str) -> None:
    invitations = Invitation.objects.filter(dossier=dossier.reference)
    for numero in invitations.order_by("pk").values_list("pk", flat=True):
        oublier(sujet_de_l_invitation(numero), auteur=auteur, motif=motif)
    decisions = Decision.objects.filter(dossier=dossier).values_list("pk", flat=True)
    oublier_un_dossier(
        dossier.reference,
        debuts=[f"decision:{numero}:" for numero in decisions],
        entieres=[f"invitation:{numero}" for numero in invitations.values_list("pk", flat=True)],
    )
    invitations.update(courriel=EFFACE)


def _effacer_les_textes(dossier: Dossier) -> None:
    dossier.pieces.update(nom="", precision="")
    decisions = Decision.objects.filter(dossier=dossier)
    decisions.exclude(reserve="").update(reserve=TEXTE)
    decisions.exclude(ecart="").update(ecart=TEXTE)
    recours = Recours.objects.filter(decision__dossier=dossier)
    recours.update(texte=TEXTE)
    recours.exclude(reponse="").update(reponse=TEXTE)


def _effacer_les_fichiers(dossier: Dossier) -> None:
    """The rows keep the names and the hashes: what was judged can still be named, not read."""
    fichiers = registre.fichiers_de(dossier)
    APERCUS.oter(dossier.pieces.all())
    registre.jeter(fichiers)
    Quarantaine.objects.filter(dossier=dossier).update(fichier="")
