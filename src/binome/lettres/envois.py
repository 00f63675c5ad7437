"""The outbox of who answers for it: what left, what waits, what never arrived, and what may be done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from binome.comptes.models import Invitation
from binome.comptes.roles import EXAMINENT
from binome.courrier.models import RETIRE, Message
from binome.courrier.services import EFFACE, INVITATION
from binome.courrier.sorts import en_attente, partis, perdus
from binome.gestes.refus import GesteImpossible
from binome.journal.catalogue import Evenement
from binome.journal.services import Ecriture, ecrire
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

EVENEMENTS: Final = (
    Evenement("courriel.renvoye", "Un courriel qui n’était pas arrivé repart."),
    Evenement("courriel.retire", "Un courriel qui n’est pas arrivé est retiré."),
)
SORTES: Final = {"perdus": "Pas arrivés", "attente": "En attente", "partis": "Partis"}


def _siens(acteur: Acteur) -> Q:
    """The mails that a person answers for: those of a branch are also what it wrote. Raises Http404 for who answers for none."""
    if acteur.a_role("soutien"):
        return Q()
    qui = _siennes(acteur)
    if not qui:
        raise Http404("Cette page est celle de qui répond des courriels.")
    return Q(repondant__in=qui) | Q(ecrit_par__in=acteur.branches(*EXAMINENT))


def _siennes(acteur: Acteur) -> frozenset[int]:
    return acteur.organisations("gestionnaire") | acteur.branches(*EXAMINENT)


def peut_retirer(acteur: Acteur, message: Message) -> bool:
    """Whether a person may withdraw a mail that has not arrived: theirs wrote it, or they help users.

    Who only answers for its reaching somebody mends the address and sends it again.
    """
    return acteur.a_role("soutien") or message.ecrit_par_id in _siennes(acteur)


def envois_pour(acteur: Acteur, sorte: str = "") -> QuerySet[Message]:
    """The mails that a person answers for, that reached nobody, wait or left. Raises Http404 for who answers for none.

    A manager answers for those of the organisation, the branch for its own and for what it wrote, who helps users for all.
    """
    lus = {"attente": en_attente, "partis": partis}.get(sorte, perdus)()
    return lus.filter(_siens(acteur)).exclude(destinataire=EFFACE)


def _tenir(acteur: Acteur, numero: int) -> Message:
    """A mail that a person may send again or withdraw. Raises Http404, GesteImpossible."""
    if acteur.soutien is not None:
        raise Http404("Vous regardez à la place d’une personne : vous ne changez rien.")
    lu = Message.objects.filter(_siens(acteur), pk=numero).exclude(destinataire=EFFACE).first()
    if lu is None:
        raise Http404("Ce courriel n’existe pas, ou n’est pas le vôtre.")
    if lu.envoye_le is not None or lu.derniere_erreur == RETIRE:
        raise GesteImpossible("Ce courriel est déjà parti, ou déjà retiré.")
    return lu


@transaction.atomic
def renvoyer(acteur: Acteur, numero: int) -> None:
    """Sends a mail again at once; asked twice, it leaves once. Raises Http404, GesteImpossible."""
    message = _tenir(acteur, numero)
    _exiger_l_invitation(message)
    maintenant = timezone.now()
    repart = (
        Message.objects.filter(pk=message.pk, envoye_le__isnull=True)
        .filter(Q(abandonne_le__isnull=False) | Q(a_envoyer_des__gt=maintenant))
        .update(abandonne_le=None, essais=0, derniere_erreur="", a_envoyer_des=maintenant)
    )
    if not repart:
        raise GesteImpossible("Ce courriel repart déjà.")
    _dire("courriel.renvoye", message, acteur)


@transaction.atomic
def retirer(acteur: Acteur, numero: int) -> None:
    """Withdraws a mail that has not arrived: it leaves no more. Raises Http404, GesteImpossible."""
    message = _tenir(acteur, numero)
    if not peut_retirer(acteur, message):
        raise GesteImpossible(
            "Votre organisation n’a pas écrit ce courriel : corrigez l’adresse ou envoyez-le de nouveau."
        )
    retire = (
        Message.objects.filter(pk=message.pk, envoye_le__isnull=True)
        .exclude(derniere_erreur=RETIRE)
        .update(abandonne_le=timezone.now(), derniere_erreur=RETIRE)
    )
    if not retire:
        raise GesteImpossible("Ce courriel est déjà parti, ou déjà retiré.")
    _dire("courriel.retire", message, acteur)


def _exiger_l_invitation(message: Message) -> None:
    """Raises GesteImpossible for the letter of an invitation that opens nothing any more."""
    if not message.cle.startswith(INVITATION):
        return
    numero = lire_entier(message.cle.removeprefix(INVITATION), chiffres=15) or 0
    tient = Invitation.objects.filter(
        pk=numero, acceptee_le=None, retiree_le=None, expire_le__gt=timezone.now()
    )
    if not tient.exists():
        raise GesteImpossible(
            "Cette invitation n’est plus valable : invitez de nouveau la personne."
        )


def _dire(geste: str, message: Message, acteur: Acteur) -> None:
    objet = f"dossier:{message.reference}" if message.reference else f"courriel:{message.pk}"
    ecrire(
        Ecriture(
            geste, objet, auteur=acteur.nom_au_journal, apres={"courriel": message.pk}
        )
    )  # fmt: skip
