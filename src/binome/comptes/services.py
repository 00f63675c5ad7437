"""Every change of people, organisations and roles."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.invitations import Place, empreinte, envoyer, objet_de, retirer, trop_vite
from binome.comptes.models import Appartenance, Invitation, Organisation, Personne, Regard
from binome.comptes.permissions import ADMINISTRANTS, qui_administrent
from binome.comptes.roles import CABINET, EMPLOYEUR, GROUPEMENT, ROLES, SECOND_FACTEUR, SOUTIEN
from binome.comptes.signaux import invitation_acceptee, role_retire
from binome.journal.lignes import lignes
from binome.journal.services import MOTIF, Ecriture, ecrire, ecrire_tout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.invitations import Envoi
    from binome.comptes.roles import Role

REGARD: Final = timedelta(minutes=30)
"""How long support may look through a person's eyes."""


DEJA_OUVERT: Final = "Cette invitation n’est plus valable, ou le compte est déjà ouvert."


class ChangementImpossible(Exception):
    """A change that may not be made; its message is for the person."""


def _role(code: str, organisation: Organisation) -> Role:
    role = ROLES.get(code)
    if role is None or role.genre != organisation.genre:
        raise ChangementImpossible("Ce rôle n’existe pas dans cette organisation.")
    return role


@transaction.atomic
def creer_organisation(
    genre: str,
    nom: str,
    *,
    identifiant: str = "",
    parrain: Organisation | None = None,
    certification: str = "",
    exemple: bool = False,
    auteur: str = "systeme",
) -> Organisation:
    """A new organisation. Raises ChangementImpossible when its number is already taken."""
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                genre=genre,
                nom=nom,
                identifiant=identifiant,
                parrain=parrain,
                certification=certification,
                exemple=exemple,
            )
    except IntegrityError:
        raise ChangementImpossible(
            "Cette organisation existe déjà, ou son numéro n’a ni 11 ni 14 chiffres."
        ) from None
    ecrire(
        Ecriture(
            "organisation.creee",
            f"organisation:{organisation.pk}",
            auteur=auteur,
            apres={"genre": genre, "nom": nom, "parrain": None if parrain is None else parrain.pk},
            lignes=lignes([organisation]),
        )
    )
    return organisation


@transaction.atomic
def donner_role(
    personne: Personne, organisation: Organisation, role: str, *, auteur: str = "systeme"
) -> Appartenance:
    """Gives a person a role; giving it twice changes nothing. Raises ChangementImpossible."""
    _role(role, organisation)
    appartenance, nouvelle = Appartenance.objects.get_or_create(
        personne=personne, organisation=organisation, role=role, close_le=None
    )
    if nouvelle:
        ecrire(
            Ecriture(
                "role.donne",
                f"organisation:{organisation.pk}",
                auteur=auteur,
                apres={"personne": personne.pk, "role": role},
                lignes=lignes([appartenance]),
            )
        )
    return appartenance


def est_le_dernier(appartenance: Appartenance) -> bool:
    """Whether an organisation would have nobody left to manage it without a role."""
    siens = qui_administrent().filter(organisation=appartenance.organisation_id)
    return ROLES[appartenance.role].administre and not siens.exclude(pk=appartenance.pk).exists()


@transaction.atomic
def retirer_role(appartenance: Appartenance, *, auteur: str) -> None:
    """Closes a role. Raises ChangementImpossible for the last one who manages the organisation."""
    # The row of the organisation is locked: two who leave at once cannot both be the last but one.
    Organisation.objects.select_for_update().get(pk=appartenance.organisation_id)
    if est_le_dernier(appartenance):
        raise ChangementImpossible(
            "C’est la dernière personne qui administre cette organisation. "
            "Donnez d’abord ce rôle à quelqu’un d’autre."
        )
    closes = Appartenance.objects.filter(pk=appartenance.pk, close_le__isnull=True).update(
        close_le=timezone.now()
    )
    if closes:
        _fermer(appartenance.personne_id)
        if ROLES[appartenance.role].genre == SOUTIEN:
            ouverts = Regard.objects.filter(soutien=appartenance.personne_id, clos_le=None)
            for ouvert in ouverts:
                cesser_de_regarder(ouvert)
        dire_les_retraits([appartenance], auteur=auteur)
        role_retire.send(Appartenance, role=appartenance)


def dire_les_retraits(roles: Sequence[Appartenance], *, auteur: str) -> None:
    """Writes in the journal that roles were closed."""
    ecrire_tout(
        [
            Ecriture(
                "role.retire",
                f"organisation:{role.organisation_id}",
                auteur=auteur,
                avant={"personne": role.personne_id, "role": role.role},
                lignes=lignes([role], "close_le"),
            )
            for role in roles
        ]
    )


def _fermer(numero: int) -> None:
    """Closes the sessions of a person, wherever they are open."""
    Personne.objects.filter(pk=numero).update(generation=F("generation") + 1)


@transaction.atomic
def fermer_les_sessions(personne: Personne, *, auteur: str, motif: str = "") -> None:
    """Closes every session of a person; whoever holds one signs in again."""
    _fermer(personne.pk)
    ecrire(Ecriture("sessions.closes", personne.sujet, auteur=auteur, motif=motif))


@transaction.atomic
def inviter(
    courriel: str,
    par: Acteur,
    *,
    organisation: Organisation | None = None,
    role: str = "",
    dossier: str = "",
) -> Envoi:
    """Keeps a place for an address, for a role or for a candidate's own dossier.

    The room of the mails hears of it, and queues the letter. Raises ChangementImpossible.
    """
    if organisation is not None:
        _role(role, organisation)
        if organisation.pk not in par.organisations(*ADMINISTRANTS):
            raise ChangementImpossible(
                "Seule une personne qui administre l’organisation peut inviter."
            )
    return _inviter(courriel, par, organisation=organisation, role=role, dossier=dossier)


@transaction.atomic
def cabinet_de(
    identifiant: str,
    nom: str,
    courriel: str,
    par: Acteur,
    *,
    parrain: Organisation,
    exemple: bool = False,
) -> Organisation:
    """The practice or the group of a SIRET or RPPS that an address answers for, as a training organisation may tie it.

    A number proves nothing: where nobody answers for the proven practice, the organisation has one of its own,
    whose people read its dossiers and no others. Whoever names a practice must know the address of who holds
    it. Raises ChangementImpossible when somebody else holds it, or was invited to.
    """
    courriel = courriel.strip().lower()
    cabinets = Organisation.objects.filter(genre=CABINET, identifiant=identifiant)
    # Who runs the server opens a group under its number: it is proven.
    prouves = Organisation.objects.filter(
        genre__in=(CABINET, GROUPEMENT), identifiant=identifiant, parrain__isnull=True
    )
    prouve = prouves.order_by("genre").first()
    connus = _connus(prouve) if prouve is not None else set()
    if prouve is None or not connus:
        cabinet = cabinets.filter(parrain=parrain).first() or creer_organisation(
            CABINET, nom, identifiant=identifiant, parrain=parrain, exemple=exemple,
            auteur=par.nom_au_journal,
        )  # fmt: skip
        connus = _connus(cabinet)
        if not connus:
            _inviter(courriel, par, organisation=cabinet, role=EMPLOYEUR)
            return cabinet
    else:
        cabinet = prouve
    if courriel not in connus:
        raise ChangementImpossible(
            "Une autre adresse répond déjà pour ce cabinet. Demandez à l’employeur celle qu’il utilise "
            "sur Binôme, et vérifiez le numéro."
        )
    return cabinet


def _connus(cabinet: Organisation) -> set[str]:
    """The addresses that answer for a practice or a group, or were invited to."""
    roles = (EMPLOYEUR, GROUPEMENT)
    tenants = Appartenance.objects.filter(organisation=cabinet, role__in=roles, close_le=None)
    attendus = Invitation.objects.filter(
        organisation=cabinet, role__in=roles, acceptee_le=None, retiree_le=None,
        expire_le__gt=timezone.now(),
    )  # fmt: skip
    return {
        *tenants.values_list("personne__courriel", flat=True).order_by("pk"),
        *attendus.values_list("courriel", flat=True).order_by("pk"),
    }


def _inviter(
    courriel: str,
    par: Acteur,
    *,
    organisation: Organisation | None = None,
    role: str = "",
    dossier: str = "",
) -> Envoi:
    if trop := trop_vite(courriel, par):
        raise ChangementImpossible(trop)
    (envoi,) = envoyer([Place(courriel, organisation, role, dossier)], par)
    return envoi


def retirer_invitation(invitation: Invitation, *, auteur: str) -> None:
    """Withdraws an invitation that nobody took; withdrawing it twice changes nothing."""
    retirer([invitation], auteur=auteur)


@transaction.atomic
def ouvrir_compte(jeton: str, *, prenom: str, nom: str, mot_de_passe: str) -> Personne:
    """Opens the account of an invited address, and takes the place. Raises ChangementImpossible."""
    invitation = invitation_de(jeton)
    if invitation is None or Personne.objects.filter(courriel=invitation.courriel).exists():
        raise ChangementImpossible(DEJA_OUVERT)
    try:
        with transaction.atomic():
            personne = Personne.objects.create_user(
                invitation.courriel, mot_de_passe, prenom=prenom, nom=nom
            )
    except IntegrityError:  # opened in between, by a second click
        raise ChangementImpossible(DEJA_OUVERT) from None
    dire_la_personne(personne, auteur=personne.sujet)
    accepter(jeton, personne)
    return personne


def dire_la_personne(personne: Personne, *, auteur: str) -> None:
    """Writes in the journal that an account was opened."""
    ecrire(
        Ecriture(
            "personne.creee",
            personne.sujet,
            auteur=auteur,
            sujet=personne.sujet,
            lignes=lignes([personne]),
        )
    )


def invitation_de(jeton: str) -> Invitation | None:
    """The invitation of a token, while it may still be accepted."""
    return (
        Invitation.objects.filter(
            jeton=empreinte(jeton),
            acceptee_le__isnull=True,
            retiree_le__isnull=True,
            expire_le__gt=timezone.now(),
        )
        .select_related("organisation", "par")
        .first()
    )


@transaction.atomic
def accepter(jeton: str, personne: Personne) -> Invitation:
    """Takes the place that was kept, once. Raises ChangementImpossible when it is no longer."""
    invitation = invitation_de(jeton)
    prise = invitation is not None and Invitation.objects.filter(
        pk=invitation.pk, acceptee_le__isnull=True, retiree_le__isnull=True
    ).update(acceptee_le=timezone.now())
    if invitation is None or not prise:
        raise ChangementImpossible(
            "Cette invitation n’est plus valable. Demandez-en une autre à la personne qui vous l’a envoyée."
        )
    ecrire(
        Ecriture(
            "invitation.acceptee",
            objet_de(invitation),
            auteur=personne.sujet,
            apres={"invitation": invitation.pk, "personne": personne.pk},
            lignes=lignes([invitation], "acceptee_le"),
        )
    )
    if invitation.organisation is not None:
        donner_role(
            personne, invitation.organisation, invitation.role, auteur=f"personne:{personne.pk}"
        )
    invitation_acceptee.send(Invitation, invitation=invitation, personne=personne)
    return invitation


@transaction.atomic
def regarder(soutien: Personne, personne: Personne, motif: str) -> Regard:
    """Lets support see what a person sees, and change nothing, for half an hour.

    Raises ChangementImpossible without a reason, from who is not support, or towards support or the branch.
    """
    if not Acteur(soutien).a_role("soutien"):
        raise ChangementImpossible(
            "Seule l’aide aux utilisateurs peut regarder à la place d’une personne."
        )
    if not motif.strip():
        raise ChangementImpossible("Dites pourquoi : le motif est gardé au journal.")
    if soutien.pk == personne.pk or Acteur(personne).a_role(
        *(code for code, un in ROLES.items() if un.genre in SECOND_FACTEUR)
    ):
        raise ChangementImpossible("Ce compte ne se regarde pas.")
    for ouvert in Regard.objects.filter(soutien=soutien, clos_le__isnull=True):
        cesser_de_regarder(ouvert)
    debut = timezone.now()
    regard = Regard.objects.create(
        soutien=soutien, personne=personne, motif=motif.strip(), debut=debut, fin=debut + REGARD
    )
    ecrire(
        Ecriture(
            "regard.ouvert",
            personne.sujet,
            auteur=f"personne:{soutien.pk}",
            apres={"fin": regard.fin.isoformat()},
            sujet=personne.sujet,
            lignes=lignes([regard]),
            prive={MOTIF: motif.strip()},
        )
    )
    return regard


@transaction.atomic
def cesser_de_regarder(regard: Regard) -> None:
    """Ends a look, at its time at the latest."""
    closes = Regard.objects.filter(pk=regard.pk, clos_le__isnull=True).update(
        clos_le=min(timezone.now(), regard.fin)
    )
    if closes:
        ecrire(
            Ecriture(
                "regard.clos",
                f"personne:{regard.personne_id}",
                auteur=f"personne:{regard.soutien_id}",
                lignes=lignes([regard], "clos_le"),
            )
        )


def clore_les_regards() -> int:
    """Ends in the journal the looks whose time has passed; how many. For the runner."""
    echus = Regard.objects.filter(clos_le__isnull=True, fin__lte=timezone.now())[:100]
    for regard in echus:
        cesser_de_regarder(regard)
    return len(echus)
