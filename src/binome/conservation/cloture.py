"""Closing an account: who it was of is erased, a row without a name stays for what they did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone

from binome.comptes.invitations import objet_de
from binome.comptes.lignes import sujet_de_l_invitation
from binome.comptes.models import (
    AdresseQuittee,
    Appartenance,
    DemandeDeMotDePasse,
    Identite,
    Invitation,
    Personne,
    Regard,
)
from binome.comptes.services import ChangementImpossible, dire_les_retraits, retirer_role
from binome.comptes.sessions_perimees import effacer_les_sessions
from binome.conservation.detenteurs import DETENTEURS
from binome.courrier.services import EFFACE
from binome.dossiers.oubli import TEXTE
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire, ecrire_tout, oublier
from binome.pliage import plier

if TYPE_CHECKING:
    from collections.abc import Sequence


def repere_de(personne: Personne) -> str:
    """What tells an account from another that a restored database could give the same number."""
    return personne.creee_le.isoformat()


@transaction.atomic
def clore_le_compte(personne: Personne, *, auteur: str, motif: str) -> None:
    """Closes an account: its roles, then everything that says whose it was.

    `motif` stays in clear: it names nobody. Raises ChangementImpossible for who has a dossier under way, for the
    last person who administers an organisation and for an account that is closed, OSError when a file
    cannot be erased.
    """
    tenu = Personne.objects.select_for_update().filter(pk=personne.pk, is_active=True).first()
    if tenu is None:
        raise ChangementImpossible("Ce compte est déjà clos.")
    if not motif.strip():
        raise ChangementImpossible("Dites pourquoi ce compte est clos, sans nommer personne.")
    if _nomme(motif, tenu):
        raise ChangementImpossible(
            "Le motif reste au journal, et il nomme la personne. Écrivez-le sans nom ni adresse."
        )
    for detenteur in DETENTEURS:
        raison = detenteur.retient(tenu)
        if raison:
            raise ChangementImpossible(raison)
    for role in Appartenance.objects.filter(personne=tenu, close_le__isnull=True).order_by("pk"):
        retirer_role(role, auteur=auteur)
    for detenteur in DETENTEURS:
        detenteur.effacer_avec_le_compte(tenu, auteur)
    _effacer_la_personne(tenu, auteur=auteur, motif=motif.strip())


def refaire_la_cloture(numero: int, repere: str, *, auteur: str, motif: str) -> bool | None:
    """Closes again, in a restored database, an account closed since: whatever its roles and dossiers.

    False when it was closed already, None when that account is not here.
    """
    with transaction.atomic():
        personne = Personne.objects.select_for_update().filter(pk=numero).first()
        if personne is None or repere_de(personne) != repere:
            return None
        if not personne.is_active:
            return False
        _retirer_les_roles(personne, auteur)
        _effacer_la_personne(personne, auteur=auteur, motif=motif)
    return True


def _nomme(motif: str, personne: Personne) -> bool:
    """Whether a reason that stays says whose account it was: an address, or a word of their name."""
    noms = set(re.findall(r"\w+", plier(f"{personne.prenom} {personne.nom}")))
    return "@" in motif or not noms.isdisjoint(re.findall(r"\w+", plier(motif)))


def _retirer_les_roles(personne: Personne, auteur: str) -> None:
    """Whatever they are: the last person who administers included."""
    ouverts = Appartenance.objects.filter(personne=personne, close_le__isnull=True)
    roles = list(ouverts.order_by("pk"))
    ouverts.update(close_le=timezone.now())
    dire_les_retraits(roles, auteur=auteur)


def _effacer_la_personne(personne: Personne, *, auteur: str, motif: str) -> None:
    adresses, le = {personne.courriel, *_quittees(personne)}, timezone.now()
    effacer_les_sessions(personne)
    Personne.objects.filter(pk=personne.pk).update(
        courriel=f"clos-{personne.pk}@compte.invalid",
        prenom="Compte",
        nom=f"clos n° {personne.pk}",
        password=make_password(None),
        is_active=False,
        generation=F("generation") + 1,
    )
    EmailAddress.objects.filter(user=personne).delete()
    Authenticator.objects.filter(user=personne).delete()
    parties = [
        *lignes(Identite.objects.filter(personne=personne).order_by("pk")),
        *lignes(AdresseQuittee.objects.filter(personne=personne).order_by("pk")),
    ]
    Identite.objects.filter(personne=personne).delete()
    AdresseQuittee.objects.filter(personne=personne).delete()
    DemandeDeMotDePasse.objects.filter(courriel__in=adresses).delete()
    invitations = Invitation.objects.alias(bas=Lower("courriel")).filter(bas__in=adresses)
    invitations.filter(acceptee_le__isnull=True, retiree_le__isnull=True).update(retiree_le=le)
    _oublier_les_invitations(list(invitations.order_by("pk")), auteur, motif)
    regards = Regard.objects.filter(personne=personne)
    regards.filter(clos_le__isnull=True).update(clos_le=le)
    regards.update(motif=TEXTE)
    for detenteur in DETENTEURS:
        for adresse in sorted(adresses):
            detenteur.oublier_adresse(adresse)
        detenteur.oublier_personne(personne, auteur, motif)
    oublier(personne.sujet, auteur=auteur, motif=motif, repere=repere_de(personne))
    # What stays is told again once the person is forgotten: under a key that is not destroyed.
    ecrire(
        Ecriture(
            "compte.clos",
            personne.sujet,
            auteur=auteur,
            motif=motif,
            avant={"ouvert": True},
            apres={"ouvert": False},
            lignes=(*lignes([personne]), *lignes(regards.order_by("pk")), *parties),
        )
    )


def _quittees(personne: Personne) -> list[str]:
    """The addresses that the account had before; not those that are now somebody else's."""
    prises = Personne.objects.exclude(pk=personne.pk).values("courriel")
    siennes = AdresseQuittee.objects.filter(personne=personne).exclude(courriel__in=prises)
    return list(siennes.order_by("pk").values_list("courriel", flat=True))


def _oublier_les_invitations(invitations: Sequence[Invitation], auteur: str, motif: str) -> None:
    for invitation in invitations:
        oublier(sujet_de_l_invitation(invitation.pk), auteur=auteur, motif=motif)
    Invitation.objects.filter(pk__in=[une.pk for une in invitations]).update(courriel=EFFACE)
    ecrire_tout(
        [
            Ecriture("invitation.effacee", objet_de(une), auteur=auteur, lignes=lignes([une]))
            for une in invitations
        ]
    )
