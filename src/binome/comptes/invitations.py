"""Places kept for addresses: sent and withdrawn, one or many in as few queries."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from binome.comptes.models import Invitation
from binome.comptes.partage import compter
from binome.comptes.signaux import invitations_envoyees, invitations_retirees
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire_tout
from binome.socle.adresse_electronique import adresse_lue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation

VALIDITE: Final = timedelta(days=14)
"""How long an invitation may be accepted."""
ADRESSE: Final = 254
"""Characters of an address, as its columns hold it."""
LOT: Final = 500
FENETRE: Final = timedelta(hours=1)
PAR_COMPTE: Final = 60
"""Invitations that one account sends within the window, one by one: two classes at once stay under it."""
PAR_ADRESSE: Final = 3
"""Those of one account to one address: each is a letter, which the person may not have asked for."""


class NouvelleJointe(NamedTuple):
    """News that an invitation tells besides, in one mail: its subject, and its paragraphs."""

    sujet: str
    paragraphes: tuple[str, ...]


class Place(NamedTuple):
    """What is kept for an address: a role in an organisation, a candidate's own dossier, or what a room above names (`attache`).

    The letter says whom the dossier is about (`nom`), who filed it (`de`), for which `certification`, and which documents
    it waits for (`attend`), or the news that makes it leave (`annonce`).
    """

    courriel: str
    organisation: Organisation | None = None
    role: str = ""
    dossier: str = ""
    de: Organisation | None = None
    certification: str = ""
    nom: str = ""
    attend: tuple[str, ...] = ()
    annonce: NouvelleJointe | None = None
    attache: str = ""


class Envoi(NamedTuple):
    """An invitation, with the token that its letter alone carries, and what it was kept for."""

    invitation: Invitation
    jeton: str
    place: Place


def empreinte(jeton: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def objet_de(invitation: Invitation) -> str:
    """What an invitation is about: an organisation, a dossier, or what a room above named."""
    if invitation.attache:
        return invitation.attache
    if invitation.organisation_id is None:
        return f"dossier:{invitation.dossier}"
    return f"organisation:{invitation.organisation_id}"


def lire_une_adresse(texte: str) -> str:
    """An address to write to, out of a form. Raises ValueError."""
    adresse = adresse_lue(texte)
    if len(adresse) > ADRESSE:
        raise ValueError(f"Cette adresse est trop longue : {ADRESSE} caractères au plus.")
    try:
        validate_email(adresse)
    except ValidationError:
        raise ValueError(
            "Cette adresse n’est pas complète : il faut un nom, @, puis un domaine, par exemple lea@exemple.fr."
        ) from None
    return adresse


def trop_vite(courriel: str, par: Acteur) -> str:
    """Counts one invitation more of an account; why it must wait, empty when it need not.

    Not for what many dossiers send at once: each of those is a gesture on a dossier.
    """
    siennes = f"invitation:{par.personne.pk}"
    if compter(f"{siennes}:{courriel.strip().lower()}", FENETRE) > PAR_ADRESSE:
        return (
            f"Vous avez déjà invité cette adresse {PAR_ADRESSE} fois en une heure. "
            "Le courriel est peut-être parmi les indésirables : attendez une heure avant d’en envoyer un autre."
        )
    if compter(siennes, FENETRE) > PAR_COMPTE:
        return (
            f"Vous avez envoyé {PAR_COMPTE} invitations en une heure. Aucune n’est perdue : attendez une "
            "heure, puis continuez."
        )
    return ""


@transaction.atomic
def envoyer(places: Sequence[Place], par: Acteur) -> list[Envoi]:
    """Keeps places, whoever may; the room of the mails hears of them, and queues the letters."""
    expire_le = timezone.now() + VALIDITE
    jetons = [secrets.token_urlsafe(32) for _ in places]
    invitations = Invitation.objects.bulk_create(
        [
            Invitation(
                courriel=place.courriel.strip().lower(),
                organisation=place.organisation,
                role=place.role,
                dossier=place.dossier,
                attache=place.attache,
                jeton=empreinte(jeton),
                par=par.personne,
                expire_le=expire_le,
            )
            for place, jeton in zip(places, jetons, strict=True)
        ],
        batch_size=LOT,
    )
    ecrire_tout(
        [
            Ecriture(
                "invitation.envoyee",
                objet_de(une),
                auteur=par.nom_au_journal,
                apres={"role": une.role, "invitation": une.pk},
                lignes=lignes([une]),
            )
            for une in invitations
        ]
    )
    envois = [Envoi(*trois) for trois in zip(invitations, jetons, places, strict=True)]
    invitations_envoyees.send(Invitation, envois=envois)
    return envois


@transaction.atomic
def retirer(invitations: Iterable[Invitation], *, auteur: str) -> None:
    """Withdraws invitations that nobody took; withdrawing one twice changes nothing."""
    voulues = [une.pk for une in invitations]
    if not voulues:
        return
    attendent = Invitation.objects.select_for_update().filter(
        pk__in=voulues, acceptee_le__isnull=True, retiree_le__isnull=True
    )
    retirees = list(attendent.order_by("pk"))
    Invitation.objects.filter(pk__in=[une.pk for une in retirees]).update(retiree_le=timezone.now())
    invitations_retirees.send(Invitation, invitations=retirees)
    ecrire_tout(
        [
            Ecriture(
                "invitation.retiree",
                objet_de(une),
                auteur=auteur,
                avant={"role": une.role, "invitation": une.pk},
                lignes=lignes([une], "retiree_le"),
            )
            for une in retirees
        ]
    )
