"""What erasing does besides the state: whatever tells who a dossier is about, in every table and on the shelves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from binome.comptes.lignes import sujet_de_l_invitation
from binome.comptes.models import Invitation, Personne
from binome.courrier.services import EFFACE, INVITATION, oublier_adresse, oublier_un_dossier
from binome.dossiers.attaches import attaches
from binome.dossiers.employeurs import services as employeurs
from binome.dossiers.lignes import toutes
from binome.dossiers.models import Decision, Dossier, Quarantaine, Recours
from binome.dossiers.pieces.apercus import APERCUS
from binome.dossiers.receptions import EN_ATTENTE, EtatDeLigne, LigneImportee
from binome.echanges.cles import de_memes_cles
from binome.etagere import registre
from binome.journal.services import oublier
from binome.lectures import services as lectures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

TEXTE: Final = "Texte effacé"


def effacer(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Erases the free texts, the mails, the rows of spreadsheets and the key of the journal."""
    for passage in passages:
        dossier, auteur, raison = passage.objet, par.nom_au_journal, passage.raison
        _effacer_les_textes(dossier)
        for attache in attaches():
            attache.effacer(dossier)
        lectures.oublier_dossier(dossier.reference)
        _effacer_les_lignes(dossier)
        passage.lignes += employeurs.effacer(dossier, auteur=auteur, motif=raison)
        _effacer_le_courrier(dossier, auteur, raison)
        if dossier.courriel and not _sert_encore(dossier.courriel):
            oublier_adresse(dossier.courriel)
        oublier(dossier.sujet, auteur=auteur, motif=raison, repere=dossier.reference)
        # What stays is told again once the subject is forgotten: under a key that is not destroyed.
        passage.lignes += toutes(dossier)


def effacer_les_fichiers(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """Last: the transaction is whole but for its end, and a file already gone is no fault. Raises OSError."""
    for passage in passages:
        _effacer_les_fichiers(passage.objet)


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
        organisme = Q(importation__organisme=dossier.organisme_id)
        siennes |= Q(cle=dossier.cle_import) & organisme
        attendent = LigneImportee.objects.filter(organisme, etat__in=EN_ATTENTE)
        cles = attendent.values_list("pk", "cle").iterator()
        siennes |= Q(pk__in=de_memes_cles(cles, (dossier.cle_import,)))
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
        entieres=[f"{INVITATION}{numero}" for numero in invitations.values_list("pk", flat=True)],
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
