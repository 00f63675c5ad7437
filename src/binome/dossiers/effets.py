"""What the gestures of a dossier write besides its state, whatever the door, for one or for many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from binome.comptes.services import cabinet_de
from binome.dossiers.employeurs.services import detacher_le_candidat, quitter, suivre
from binome.dossiers.etats import EtatDePiece, Origine
from binome.dossiers.models import Decision, Fait, Piece
from binome.dossiers.pieces.apercus import APERCUS
from binome.dossiers.rattachement import inviter_les_candidats, retirer_les_invitations
from binome.emplois.services import finir, preciser
from binome.gestes.auteur import personne
from binome.journal.lignes import LigneEcrite, lignes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

EXAMINEES: Final = ("etat", "motif", "precision", "examinee_par", "examinee_le")
"""The columns of a document that an examination sets."""
REPONDUES: Final = ("issue", "reponse", "repondu_par", "repondu_le")
"""The columns of an appeal that its answer sets."""
LOT: Final = 500


def poser_les_faits(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """Writes the `faits`, declared or proven by a `piece`; None takes one away."""
    voulus: dict[tuple[int, str, str], tuple[Passage[Dossier], Fait]] = {}
    otes, partis_de = Q(pk__in=()), False
    for passage in passages:
        # What was read ahead is no longer what there is.
        getattr(passage.objet, "_prefetched_objects_cache", {}).pop("faits", None)
        piece = passage.donnees.get("piece")
        origine = passage.donnees.get("origine") or (
            Origine.DECLARE if piece is None else Origine.PROUVE
        )
        faits = passage.donnees.get("faits") or {}
        if origine == Origine.DECLARE and faits:
            # What was taken as said was another word.
            otes |= Q(dossier=passage.objet, origine=Origine.CONSTATE, nom__in=faits)
            partis_de = True
        partis = [nom for nom, valeur in faits.items() if valeur is None]
        if partis:
            otes |= Q(dossier=passage.objet, origine=origine, nom__in=partis)
            partis_de = True
        for nom, valeur in faits.items():
            if valeur is not None:
                fait = Fait(
                    dossier=passage.objet, nom=nom, origine=origine, valeur=valeur, piece=piece
                )
                voulus[passage.objet.pk, nom, origine] = (passage, fait)
    if partis_de:
        _oter(passages, otes)
    poses = Fait.objects.bulk_create(
        [fait for _, fait in voulus.values()],
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["dossier", "nom", "origine"],
        update_fields=["valeur", "piece", "pose_le"],
    )
    for fait in poses:
        passage, _pose = voulus[fait.dossier_id, fait.nom, fait.origine]
        passage.lignes.append(LigneEcrite(Fait, fait.pk))


def _oter(passages: Sequence[Passage[Dossier]], lesquels: Q) -> None:
    """Deletes facts, and names the rows that are no longer there."""
    par_dossier = {passage.objet.pk: passage for passage in passages}
    partent = list(Fait.objects.filter(lesquels).order_by("pk"))
    for fait in partent:
        par_dossier[fait.dossier_id].lignes.append(LigneEcrite(Fait, fait.pk))
    Fait.objects.filter(pk__in=[fait.pk for fait in partent]).delete()


def changer_de_candidat(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Who followed the dossier by mistake is not at work where it says; the account was untied with the address."""
    for passage in passages:
        if "detache" in passage.donnees:
            passage.lignes += detacher_le_candidat(passage.objet, auteur=par.nom_au_journal)


def renvoyer_l_invitation(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """An address that is mended, or written to again: what was sent before is withdrawn, and another leaves.

    A draft's leaves when it is filed.
    """
    voulus = [un.objet for un in passages if "courriel" in un.change or "courriel" in un.donnees]
    if not voulus:
        return
    retirer_les_invitations(voulus, par.nom_au_journal)
    inviter_les_candidats([un for un in voulus if un.depose_le is not None], personne(par))


def remplacer_la_piece(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """Withdraws the refused documents of the same kind, and the one that is said to be replaced.

    The others stay: the back of a card does not take the place of its front.
    """
    for passage in passages:
        piece, nommee = passage.donnees["piece"], passage.donnees.get("remplace")
        refusees = Q(nature=piece.nature, etat=EtatDePiece.REFUSEE)
        _retirer(passage, (refusees | Q(pk=nommee)) & ~Q(pk=piece.pk))


def retirer_la_piece(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """Withdraws a document, and its previews."""
    for passage in passages:
        _retirer(passage, Q(pk=passage.donnees["piece"].pk))


def _retirer(passage: Passage[Dossier], lesquelles: Q) -> None:
    retirees = passage.objet.pieces.filter(
        lesquelles, etat__in=(EtatDePiece.RECUE, EtatDePiece.REFUSEE)
    )
    passage.lignes += lignes(retirees.order_by("pk"), "etat", "motif")
    vues = APERCUS.oter(retirees)
    transaction.on_commit(lambda: APERCUS.jeter(vues), robust=True)
    retirees.update(etat=EtatDePiece.RETIREE, motif="")


def constater(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Writes the absences that are taken as said."""
    for passage in passages:
        passage.donnees["origine"] = Origine.CONSTATE
    poser_les_faits(passages, par)


def juger_la_piece(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Writes what became of each document; a refused one proves nothing any more."""
    for passage in passages:
        piece, donnees = passage.donnees["piece"], passage.donnees
        piece.etat, piece.motif = donnees["examen"], donnees["motif"]
        piece.precision = donnees["precision"]
        piece.examinee_par, piece.examinee_le = personne(par).personne, timezone.now()
        piece.save(update_fields=EXAMINEES)
        passage.lignes.append(LigneEcrite(Piece, piece.pk, EXAMINEES))
        if piece.etat == EtatDePiece.REFUSEE:
            _oter([passage], Q(piece=piece))


def associer_l_employeur(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Ties the practice, whose employer is invited when nobody holds it yet.

    The state first: who may not do this learns nothing of the practice. Raises ChangementImpossible.
    """
    for passage in passages:
        dossier = passage.objet
        cabinet = cabinet_de(
            passage.donnees["identifiant"],
            passage.donnees.get("nom") or dossier.employeur,
            passage.donnees["courriel"],
            personne(par),
            parrain=dossier.organisme,
            exemple=dossier.exemple,
        )
        passage.lignes += suivre(
            dossier,
            cabinet,
            auteur=par.nom_au_journal,
            part=passage.donnees.get("part"),
            du=passage.donnees.get("du"),
        )


def preciser_l_emploi(passage: Passage[Dossier], par: Auteur) -> None:
    """The share of time of a job. Raises ChangementImpossible."""
    emploi, part = passage.donnees["suivi"].emploi, passage.donnees["part"]
    preciser(emploi, part, auteur=par.nom_au_journal)


def finir_l_emploi(passage: Passage[Dossier], par: Auteur) -> None:
    """The last day of a job. Raises ChangementImpossible."""
    emploi, au = passage.donnees["suivi"].emploi, passage.donnees["au"]
    finir(emploi, au, auteur=par.nom_au_journal)


def quitter_l_employeur(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Another employer is named: the former one reads no longer, whatever the door."""
    changent = {
        passage.objet.pk: (
            passage.objet.employeur_identifiant, passage.change["employeur_identifiant"],
        )
        for passage in passages
        if "employeur_identifiant" in passage.change
    }  # fmt: skip
    if not changent:
        return
    ecrites = quitter(changent, auteur=par.nom_au_journal)
    for passage in passages:
        passage.lignes += ecrites.get(passage.objet.pk, ())


def inviter(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Invites whom each dossier is about to follow it, once."""
    inviter_les_candidats([passage.objet for passage in passages], personne(par))


def dire_la_proposition(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """The number of what was prepared, in the journal."""
    for passage in passages:
        passage.apres["proposition"] = passage.donnees["proposition"].pk


def annuler_les_decisions(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """No decision of these dossiers is in force from now on."""
    par_dossier = {passage.objet.pk: passage for passage in passages}
    en_vigueur = Decision.objects.filter(dossier__in=par_dossier, annulee_le__isnull=True)
    decisions = list(en_vigueur.order_by("pk"))
    for une in decisions:
        par_dossier[une.dossier_id].lignes += lignes([une], "annulee_le")
    Decision.objects.filter(pk__in=[une.pk for une in decisions]).update(annulee_le=timezone.now())


def rouvrir(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """The same of those that go back to the examination alone."""
    annuler_les_decisions([un for un in passages if un.vers], par)


def notifier(passages: Sequence[Passage[Dossier]], _: Auteur) -> None:
    """Writes when each decision was notified."""
    for passage in passages:
        decision = passage.donnees["decision"]
        decision.notifiee_le = passage.donnees["le"]
        decision.save(update_fields=["notifiee_le"])
        passage.lignes += lignes([decision], "notifiee_le")


def maintenir(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Writes the answers: the decisions stay."""
    _repondre(passages, par, "maintenue")


def revoir(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """Writes the answers: the decisions are opened again."""
    _repondre(passages, par, "revue")


def _repondre(passages: Sequence[Passage[Dossier]], par: Auteur, issue: str) -> None:
    for passage in passages:
        recours = passage.donnees["recours"]
        recours.issue, recours.reponse = issue, passage.donnees["reponse"]
        recours.repondu_par, recours.repondu_le = personne(par).personne, timezone.now()
        recours.save(update_fields=REPONDUES)
        passage.lignes += lignes([recours], *REPONDUES)
