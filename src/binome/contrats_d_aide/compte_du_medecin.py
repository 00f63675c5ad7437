"""A doctor and their account, tied by a proof: their caisse types their RPPS and their address, the mail's link is opened by who has it.

The doctor then reads their contracts, whichever caisse signed them; nobody else is told of another caisse's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from binome.comptes.invitations import (
    NouvelleJointe,
    Place,
    envoyer,
    lire_une_adresse,
    retirer,
    trop_vite,
)
from binome.comptes.models import Invitation
from binome.comptes.services import ChangementImpossible
from binome.comptes.signaux import invitation_acceptee
from binome.contrats_d_aide.etats import JAMAIS_SIGNES
from binome.contrats_d_aide.medecins import AUTRE_MEDECIN, ce_qui_complete, completer_les_medecins
from binome.contrats_d_aide.models import Contrat, Medecin
from binome.contrats_d_aide.permissions import caisses
from binome.contrats_d_aide.rpps import lire_un_rpps
from binome.gestes.refus import GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation, Personne

RATTACHER: Final = "medecin.rattache"
"""The entry that an account is a doctor's."""
DETACHER: Final = "medecin.detache"
"""The entry that it is no longer."""
ATTACHE: Final = "medecin:"


def medecins_suivis(acteur: Acteur) -> QuerySet[Medecin]:
    """The doctors of whom a person's caisse signed a contract, alone or in a group."""
    signes = Contrat.objects.filter(caisse__in=caisses(acteur)).exclude(etat__in=JAMAIS_SIGNES)
    return Medecin.objects.filter(
        Q(pk__in=signes.exclude(medecin=None).values("medecin")) | Q(adhesions__contrat__in=signes)
    ).distinct()


def invitations_du_medecin(medecin: Medecin) -> QuerySet[Invitation]:
    """Those that may still be taken."""
    return Invitation.objects.filter(
        attache=medecin.objet, acceptee_le=None, retiree_le=None, expire_le__gt=timezone.now()
    ).order_by("pk")


@transaction.atomic
def inviter_un_medecin(
    medecin: Medecin, par: Acteur, caisse: Organisation, *, rpps: str, courriel: str
) -> None:
    """Sends the link to an address, in the place of the one before. Raises GesteImpossible for a number that is not theirs, an address that
    is none, a doctor who has an account.
    """
    tenu = Medecin.objects.select_for_update(of=("self",)).get(pk=medecin.pk)
    if tenu.personne_id is not None:
        raise GesteImpossible("Ce médecin lit déjà ses contrats avec son compte.")
    try:
        adresse = lire_une_adresse(courriel)
    except ValueError as faute:
        raise GesteImpossible(str(faute), champ="courriel") from None
    _prouver(tenu, rpps, par)
    if trop := trop_vite(adresse, par):
        raise GesteImpossible(trop)
    retirer(invitations_du_medecin(tenu), auteur=par.nom_au_journal)
    dit = (
        f"{caisse.nom_sur} vous invite à lire sur Binôme vos contrats d’aide à l’emploi d’un assistant médical : "
        "ce qui est à faire, pour quel jour, et l’argent attendu. Vous y lirez ceux de toutes vos caisses."
    )
    envoyer(
        [Place(adresse, de=caisse, nom=str(tenu), attache=tenu.objet, annonce=NouvelleJointe("Vos contrats d’aide", (dit,)))],
        par,
    )  # fmt: skip


def _prouver(medecin: Medecin, rpps: str, par: Acteur) -> None:
    """The number that the caisse reads on the contract is the doctor's; one that nobody had given is theirs from now on."""
    try:
        lu = lire_un_rpps(rpps)
    except ValueError as faute:
        raise GesteImpossible(str(faute), champ="rpps") from None
    if not lu:
        raise GesteImpossible(
            "Écrivez le numéro RPPS du médecin : il prouve qui il est.", champ="rpps"
        )
    if medecin.rpps and medecin.rpps != lu:
        raise GesteImpossible(
            "Ce n’est pas le numéro RPPS de ce médecin : relisez-le sur son contrat.", champ="rpps"
        )
    if medecin.rpps:
        return
    if Medecin.objects.filter(rpps=lu).exists():
        raise GesteImpossible(AUTRE_MEDECIN, champ="rpps")
    complet = ce_qui_complete(medecin, Medecin(nom=medecin.nom, prenom=medecin.prenom, rpps=lu))
    completer_les_medecins([(medecin, complet)], par)


@transaction.atomic
def detacher_le_compte(medecin: Medecin, par: Acteur) -> None:
    """The account reads the contracts no longer. Raises GesteImpossible when none is tied."""
    tenu = Medecin.objects.select_for_update(of=("self",)).get(pk=medecin.pk)
    if tenu.personne_id is None:
        raise GesteImpossible("Aucun compte n’est relié à ce médecin.")
    _relier(tenu, None, DETACHER, par.nom_au_journal)


def _relier(medecin: Medecin, personne: Personne | None, evenement: str, auteur: str) -> None:
    medecin.personne = personne
    medecin.save(update_fields=["personne"])
    ecrire(
        Ecriture(evenement, medecin.objet, auteur=auteur, sujet=medecin.objet, lignes=lignes([medecin], "personne"))
    )  # fmt: skip


@transaction.atomic
def rattacher_le_medecin(
    sender: object,  # noqa: ARG001 - a receiver
    *,
    invitation: Invitation,
    personne: Personne,
    **_: Any,
) -> None:
    """Ties the account that accepted to the doctor. Raises ChangementImpossible when either is tied already: the invitation stays untaken."""
    if not invitation.attache.startswith(ATTACHE):
        return
    medecin = Medecin.objects.select_for_update(of=("self",)).filter(
        pk=invitation.attache.removeprefix(ATTACHE)
    ).first()  # fmt: skip
    if medecin is None or medecin.personne_id is not None:
        raise ChangementImpossible("Ce médecin lit déjà ses contrats avec un autre compte.")
    if Medecin.objects.filter(personne=personne).exists():
        raise ChangementImpossible("Ce compte est déjà celui d’un autre médecin.")
    _relier(medecin, personne, RATTACHER, f"personne:{personne.pk}")


def ecouter() -> None:
    """Ties the doctor to the invitation."""
    invitation_acceptee.connect(rattacher_le_medecin, dispatch_uid="contrats_d_aide.medecin")
