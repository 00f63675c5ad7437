"""Changing the address of an account: asked for by who signed in, carried out by who reads the new one.

Both sides hear of it. The link is signed and says all there is to know: nothing is kept while nobody follows it. It
serves once and for an hour, for it names the address that it replaces and the generation of the account's sessions.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from binome.comptes.invitations import objet_de
from binome.comptes.models import AdresseQuittee, Invitation, Personne
from binome.comptes.partage import compter
from binome.comptes.services import ChangementImpossible
from binome.comptes.signaux import lettre_de_compte
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire_tout
from binome.socle.adresse_du_site import adresse_entiere

SEL: Final = "binome.comptes.changement_d_adresse"
VALIDITE: Final = timedelta(hours=1)
PAR_HEURE: Final = 5
"""Changes that one account asks for in an hour: each is two mails."""
PERIME: Final = (
    "Ce lien n’est plus valable : il a servi, ou plus d’une heure a passé. Demandez-en un autre."
)


class NouvelleAdresseVoulue(NamedTuple):
    """What a link says: whose account, from which address to which."""

    personne: Personne
    avant: str
    apres: str


def demander(personne: Personne, courriel: str) -> None:
    """Sends a link to the new address, and tells the old one. Raises ChangementImpossible.

    An address that has an account already is not told of: the page says the same, and nothing leaves for it.
    """
    nouvelle = courriel.strip().lower()
    if nouvelle == personne.courriel:
        raise ChangementImpossible("C’est déjà l’adresse de votre compte.")
    if compter(f"adresse:{personne.pk}", timedelta(hours=1)) > PAR_HEURE:
        raise ChangementImpossible(
            f"Vous avez demandé {PAR_HEURE} changements en une heure. Attendez une heure, puis recommencez."
        )
    with transaction.atomic():
        if not Personne.objects.filter(courriel=nouvelle).exists():
            jeton = signing.dumps(
                [personne.pk, personne.courriel, nouvelle, personne.generation], salt=SEL
            )
            lettre_de_compte.send(
                Personne,
                courriel=nouvelle,
                lettre="nouvelle_adresse",
                objet="Confirmer votre nouvelle adresse",
                fait="",
                adresse=adresse_entiere(reverse("confirmer-adresse", args=[jeton])),
            )
        _dire(
            personne.courriel,
            "Un changement d’adresse est demandé pour votre compte Binôme. Cette adresse reste la bonne tant que la "
            "nouvelle n’est pas confirmée.",
        )


def lire(jeton: str) -> NouvelleAdresseVoulue | None:
    """What a link says, while it may still be followed."""
    try:
        numero, avant, apres, generation = signing.loads(jeton, salt=SEL, max_age=VALIDITE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    personne = Personne.objects.filter(
        pk=numero, courriel=avant, generation=generation, is_active=True
    ).first()
    return None if personne is None else NouvelleAdresseVoulue(personne, avant, apres)


@transaction.atomic
def changer(jeton: str, personne: Personne) -> NouvelleAdresseVoulue:
    """Gives the account its new address, with the places kept for the old one. Raises ChangementImpossible.

    Every session of the person is closed: whoever held one signs in by the new address.
    """
    Personne.objects.select_for_update().filter(pk=personne.pk).first()
    voulu = lire(jeton)
    if voulu is None or voulu.personne != personne:
        raise ChangementImpossible(PERIME)
    try:
        with transaction.atomic():
            Personne.objects.filter(pk=personne.pk).update(
                courriel=voulu.apres, generation=F("generation") + 1
            )
    except IntegrityError:  # an account was opened there in between
        raise ChangementImpossible(PERIME) from None
    EmailAddress.objects.filter(user=personne).delete()
    quittee, _ = AdresseQuittee.objects.get_or_create(personne=personne, courriel=voulu.avant)
    gardees = Invitation.objects.filter(
        courriel=voulu.avant, acceptee_le__isnull=True, retiree_le__isnull=True
    )
    reprises = list(gardees.order_by("pk").values_list("pk", flat=True))
    gardees.update(courriel=voulu.apres)
    ecrire_tout(
        [
            Ecriture(
                "adresse.changee",
                personne.sujet,
                auteur=personne.sujet,
                sujet=personne.sujet,
                lignes=(*lignes([Personne.objects.get(pk=personne.pk)]), *lignes([quittee])),
            ),
            *(
                Ecriture(
                    "invitation.suivie", objet_de(une), auteur=personne.sujet, lignes=lignes([une])
                )
                for une in Invitation.objects.filter(pk__in=reprises).order_by("pk")
            ),
        ]
    )
    for adresse in (voulu.avant, voulu.apres):
        _dire(
            adresse,
            "L’adresse de votre compte Binôme a été changée, et vos autres sessions sont fermées.",
        )
    return voulu


def _dire(courriel: str, fait: str) -> None:
    lettre_de_compte.send(
        Personne, courriel=courriel, lettre="securite", objet="L’adresse de votre compte Binôme", fait=fait,
        adresse="",
    )  # fmt: skip
