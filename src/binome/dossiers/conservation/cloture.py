"""Closing an account: who it was of is erased, a row without a name stays for what they did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from binome.comptes.invitations import objet_de
from binome.comptes.lignes import sujet_de_l_invitation
from binome.comptes.models import Appartenance, Identite, Invitation, Oubli, Personne, Regard
from binome.comptes.services import Impossible, retirer_role
from binome.comptes.sessions_perimees import effacer_les_sessions
from binome.courrier.services import EFFACE, oublier_adresse
from binome.dossiers.conservation.effacement import anonymiser
from binome.dossiers.conservation.effets import TEXTE, oublier_les_lignes
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.emplois import registre as emplois
from binome.journal.lignes import lignes
from binome.journal.services import Fait, ecrire, ecrire_tout, oublier
from binome.lectures import services as lectures
from binome.regles.taches import plier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EFFACABLES: Final = (Etat.BROUILLON, Etat.RETIRE)
"""Dossiers that go with the account: no decision leans on them."""


def repere(personne: Personne) -> str:
    """What tells an account from another that a restored database could give the same number."""
    return personne.creee_le.isoformat()


@transaction.atomic
def clore_le_compte(personne: Personne, *, auteur: str, motif: str) -> None:
    """Closes an account: its roles, then everything that says whose it was.

    `motif` stays in clear: it names nobody. Raises Impossible for who has a dossier under way, for the
    last person who administers an organisation and for an account that is closed, OSError when a file
    cannot be erased.
    """
    tenu = Personne.objects.select_for_update().filter(pk=personne.pk, is_active=True).first()
    if tenu is None:
        raise Impossible("Ce compte est déjà clos.")
    if not motif.strip():
        raise Impossible("Dites pourquoi ce compte est clos, sans nommer personne.")
    if _nomme(motif, tenu):
        raise Impossible(
            "Le motif reste au journal, et il nomme la personne. Écrivez-le sans nom ni adresse."
        )
    dossiers = Dossier.objects.filter(candidat=tenu, anonyme_le__isnull=True).order_by("pk")
    en_cours = dossiers.exclude(etat__in=(*EFFACABLES, Etat.CLOS)).first()
    if en_cours is not None:
        raise Impossible(
            f"Le dossier {en_cours.reference} est en cours : sa décision doit pouvoir vous parvenir. "
            "Retirez-le, ou attendez qu’il soit clos, puis fermez le compte."
        )
    for role in Appartenance.objects.filter(personne=tenu, close_le__isnull=True).order_by("pk"):
        retirer_role(role, auteur=auteur)
    _effacer_les_dossiers(dossiers.filter(etat__in=EFFACABLES), auteur)
    _effacer_la_personne(tenu, auteur=auteur, motif=motif.strip())


def refaire_la_cloture(numero: int, ouvert_le: str, *, auteur: str, motif: str) -> bool | None:
    """Closes again, in a restored database, an account closed since: whatever its roles and dossiers.

    False when it was closed already, None when that account is not here.
    """
    with transaction.atomic():
        personne = Personne.objects.select_for_update().filter(pk=numero).first()
        if personne is None or repere(personne) != ouvert_le:
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
    ecrire_tout(
        [
            Fait(
                "role.retire",
                f"organisation:{role.organisation_id}",
                auteur=auteur,
                avant={"personne": personne.pk, "role": role.role},
                lignes=lignes([role], "close_le"),
            )
            for role in roles
        ]
    )


def _effacer_les_dossiers(dossiers: Iterable[Dossier], auteur: str) -> None:
    for dossier in dossiers:
        anonymiser(dossier.pk, auteur=auteur, motif="Compte clos")


def _effacer_la_personne(personne: Personne, *, auteur: str, motif: str) -> None:
    adresse, le = personne.courriel, timezone.now()
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
    identites = lignes(Identite.objects.filter(personne=personne).order_by("pk"))
    Identite.objects.filter(personne=personne).delete()
    Oubli.objects.filter(courriel=adresse).delete()
    invitations = Invitation.objects.filter(courriel__iexact=adresse)
    invitations.filter(acceptee_le__isnull=True, retiree_le__isnull=True).update(retiree_le=le)
    _oublier_les_invitations(list(invitations.order_by("pk")), auteur, motif)
    regards = Regard.objects.filter(personne=personne)
    regards.filter(clos_le__isnull=True).update(clos_le=le)
    regards.update(motif=TEXTE)
    oublier_adresse(adresse)
    oublier_les_lignes(adresse)
    lectures.oublier_personne(personne.pk)
    emplois.detacher(personne, gardes=(), auteur=auteur, motif=motif)
    oublier(personne.sujet, auteur=auteur, motif=motif, repere=repere(personne))
    # What stays is told again once the person is forgotten: under a key that is not destroyed.
    ecrire(
        Fait(
            "compte.clos",
            personne.sujet,
            auteur=auteur,
            motif=motif,
            avant={"ouvert": True},
            apres={"ouvert": False},
            lignes=(*lignes([personne]), *lignes(regards.order_by("pk")), *identites),
        )
    )


def _oublier_les_invitations(invitations: Sequence[Invitation], auteur: str, motif: str) -> None:
    for invitation in invitations:
        oublier(sujet_de_l_invitation(invitation.pk), auteur=auteur, motif=motif)
    Invitation.objects.filter(pk__in=[une.pk for une in invitations]).update(courriel=EFFACE)
    ecrire_tout(
        [
            Fait("invitation.effacee", objet_de(une), auteur=auteur, lignes=lignes([une]))
            for une in invitations
        ]
    )
