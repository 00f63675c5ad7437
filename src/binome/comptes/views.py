"""Invitations, roles in organisations, and support's look: what allauth does not do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from allauth.account.utils import perform_login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.comptes import services
from binome.comptes.acteur import Acteur
from binome.comptes.contact import fixer_le_contact
from binome.comptes.demande import ICI, REGARD, acteur_connecte, regard_de
from binome.comptes.exigence import manque
from binome.comptes.formulaires import Compte, Contact, Inviter
from binome.comptes.models import Appartenance, Identite, Organisation, Personne
from binome.comptes.permissions import invitations_de, organisation_pour
from binome.comptes.preuve import prouver
from binome.comptes.roles import ROLES
from binome.socle.adresse_electronique import adresse_lue
from binome.socle.nombres import lire_entier
from binome.socle.texte_recu import trop_long

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.comptes.models import Invitation

MOTIF_MAXIMUM = 500


class Securite(IndexView):
    """What protects the account; says so when the person's role asks for more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The factors, and whether one is missing."""
        return {
            **super().get_context_data(**kwargs),
            "facteur_manque": manque(acteur_connecte(self.request)),
            "proconnect": bool(settings.PROCONNECT),
            "identite": Identite.objects.filter(personne=self.request.user.pk).exists(),
        }


class PoseDApplication(ActivateTOTPView):
    """Sets an app of codes up; who wrote its first code has proven it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Notes the proof in the session."""
        reponse = cast("HttpResponse", super().form_valid(form))
        prouver(self.request, cast("Personne", self.request.user), Authenticator.Type.TOTP)
        return reponse


class PoseDeCle(AddWebAuthnView):
    """Adds a key; who made it answer has proven it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Notes the proof in the session."""
        reponse = cast("HttpResponse", super().form_valid(form))
        prouver(self.request, cast("Personne", self.request.user), Authenticator.Type.WEBAUTHN)
        return reponse


class RetraitDeCle(RemoveWebAuthnView):
    """Takes a key away, unless it is the last factor of who must have one: allauth asks for apps only."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Says why not, or does it."""
        facteurs = get_adapter()
        if facteurs.can_delete_authenticator(self.get_object()):
            return cast("HttpResponse", super().form_valid(form))
        messages.error(self.request, facteurs.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")


poser_une_application = login_required(PoseDApplication.as_view())
ajouter_une_cle = login_required(PoseDeCle.as_view())
retirer_la_cle = login_required(RetraitDeCle.as_view())
securite = login_required(require_safe(Securite.as_view()))


@login_required
@require_POST
def fermer_les_sessions(request: HttpRequest) -> HttpResponse:
    """Closes every session of the person but this one."""
    personne = cast("Personne", request.user)
    services.fermer_les_sessions(personne, auteur=personne.sujet)
    _garder_celle_ci(request, personne.pk)
    messages.success(request, "Vos autres sessions sont fermées. Celle-ci reste ouverte.")
    return redirect("mfa_index")


def _garder_celle_ci(request: HttpRequest, numero: int) -> None:
    """Keeps the session that closed the others, under a new key."""
    update_session_auth_hash(request, Personne.objects.get(pk=numero))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, jeton: str) -> HttpResponse:
    """Shows an invitation, opens the account that it lacks, and takes the place."""
    lue = services.invitation_de(jeton)
    if lue is None:
        return render(request, "compte/invitation.html", {"invitation": None}, status=410)
    connecte = request.user.is_authenticated
    meme = connecte and cast("Personne", request.user).courriel == lue.courriel
    ouvert = Personne.objects.filter(courriel=lue.courriel).exists()
    contexte: dict[str, Any] = {
        "invitation": lue,
        "role": ROLES[lue.role].mot if lue.role else "",
        "connecte": connecte,
        "autre_compte": connecte and not meme,
        "compte_ouvert": ouvert,
        "form": Compte(invitation=lue),
    }
    if request.method != "POST":
        return render(request, "compte/invitation.html", contexte)
    if meme:
        try:
            return _accepter(request, lue, jeton, cast("Personne", request.user))
        except services.ChangementImpossible:  # taken or withdrawn since the page was read
            return render(request, "compte/invitation.html", {"invitation": None}, status=410)
    if connecte or ouvert:
        return render(request, "compte/invitation.html", contexte, status=409)
    formulaire = Compte(request.POST, invitation=lue)
    if not formulaire.is_valid():
        return render(
            request, "compte/invitation.html", {**contexte, "form": formulaire}, status=422
        )
    try:
        personne = services.ouvrir_compte(jeton, **formulaire.cleaned_data)
    except services.ChangementImpossible:
        return render(
            request, "compte/invitation.html", {**contexte, "compte_ouvert": True}, status=409
        )
    # The token that the letter carried proves the address, as a password would prove the person.
    perform_login(request, personne, email=personne.courriel)
    return redirect("espace")


def _accepter(
    request: HttpRequest, lue: Invitation, jeton: str, personne: Personne
) -> HttpResponse:
    services.accepter(jeton, personne)
    if lue.attache:
        messages.success(request, "C’est fait : vos contrats d’aide vous sont ouverts.")
        return redirect("espace")
    ou = lue.organisation.nom if lue.organisation else "votre dossier"
    messages.success(request, f"C’est fait : {ou} vous est ouvert.")
    return redirect("espace")


@login_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The person's roles, and the door of support."""
    return _organisations(request)


def _organisations(request: HttpRequest, *, faute: str = "", status: int = 200) -> HttpResponse:
    acteur = acteur_connecte(request)
    contexte = {
        "appartenances": [
            {
                "organisation": une.organisation,
                "mot": ROLES[une.role].mot,
                "administre": ROLES[une.role].administre,
            }
            for une in acteur.appartenances
        ],
        "choisie": request.session.get(ICI),
        "plusieurs": len(acteur.organisations()) > 1,
        "soutien": acteur.a_role("soutien"),
        "faute": faute,
        "courriel": request.POST.get("courriel", ""),
        "motif": request.POST.get("motif", ""),
    }
    return render(request, "compte/organisations.html", contexte, status=status)


@login_required
@require_POST
def choisir(request: HttpRequest) -> HttpResponse:
    """Acts for one of one's organisations, or for all of them again. Raises Http404 for another."""
    voulue = request.POST.get("organisation", "")
    if not voulue:
        request.session.pop(ICI, None)
    elif (numero := lire_entier(voulue, chiffres=11)) in acteur_connecte(request).organisations():
        request.session[ICI] = numero
    else:
        raise Http404("Vous n’avez pas de rôle dans cette organisation.")
    return redirect("espace")


def _organisation(
    request: HttpRequest,
    lue: Organisation,
    formulaire: Inviter | None = None,
    *,
    contact: Contact | None = None,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    membres = Appartenance.objects.filter(organisation=lue, close_le__isnull=True)
    contexte = {
        "organisation": lue,
        "membres": membres.select_related("personne").order_by("personne__nom", "role", "pk"),
        "invitations": [
            {"pk": une.pk, "courriel": une.courriel, "mot": ROLES[une.role].mot,
             "expire_le": une.expire_le}
            for une in invitations_de(lue)
        ],
        "form": formulaire or Inviter(organisation=lue),
        "contact": contact or Contact(initial={"contact": lue.contact}),
        "faute": faute,
    }  # fmt: skip
    return render(request, "compte/organisation.html", contexte, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, numero: int) -> HttpResponse:
    """The people of an organisation that one administers; a POST invites one more, or says where one answers it."""
    acteur = acteur_connecte(request)
    lue = organisation_pour(acteur, numero)
    if request.method != "POST":
        return _organisation(request, lue)
    if "contact" in request.POST:
        return _contact(request, lue, acteur)
    formulaire = Inviter(request.POST, organisation=lue)
    if not formulaire.is_valid():
        return _organisation(request, lue, formulaire, status=422)
    try:
        services.inviter(
            formulaire.cleaned_data["courriel"], acteur, organisation=lue,
            role=formulaire.cleaned_data["role"],
        )  # fmt: skip
    except services.ChangementImpossible as impossible:
        return _organisation(request, lue, formulaire, faute=str(impossible), status=422)
    messages.success(request, "L’invitation part. Elle est valable quatorze jours.")
    return redirect("organisation", numero)


def _contact(request: HttpRequest, lue: Organisation, acteur: Acteur) -> HttpResponse:
    formulaire = Contact(request.POST)
    if not formulaire.is_valid():
        return _organisation(request, lue, contact=formulaire, status=422)
    fixer_le_contact(lue, formulaire.cleaned_data["contact"], auteur=acteur.nom_au_journal)
    messages.success(request, "L’adresse où l’on vous répond est enregistrée.")
    return redirect("organisation", lue.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retirer_le_role(request: HttpRequest, numero: int, role: int) -> HttpResponse:
    """Says what the person would lose, then closes a role of the organisation."""
    acteur = acteur_connecte(request)
    lue = organisation_pour(acteur, numero)
    appartenance = (
        lue.appartenances.filter(pk=role, close_le__isnull=True).select_related("personne").first()
    )
    if appartenance is None:
        raise Http404("Ce rôle n’est pas dans cette organisation.")
    if request.method != "POST":
        return _retrait(request, lue, appartenance, acteur)
    try:
        services.retirer_role(appartenance, auteur=acteur.nom_au_journal)
    except services.ChangementImpossible as impossible:
        return _retrait(request, lue, appartenance, acteur, faute=str(impossible), status=409)
    if appartenance.personne_id == acteur.personne.pk:
        _garder_celle_ci(request, acteur.personne.pk)
    messages.success(
        request,
        f"C’est fait : {appartenance.personne} n’a plus ce rôle, et ses sessions sont fermées.",
    )
    encore = Acteur(acteur.personne).organisations()
    return redirect("organisation", numero) if numero in encore else redirect("organisations")


def _retrait(
    request: HttpRequest,
    lue: Organisation,
    role: Appartenance,
    acteur: Acteur,
    *,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    restent = [
        ROLES[un.role].mot
        for un in Acteur(role.personne).toutes
        if un.organisation_id == lue.pk and un.pk != role.pk
    ]
    contexte = {
        "organisation": lue,
        "role": role,
        "dit": ROLES[role.role],
        "restent": restent,
        "soi": role.personne_id == acteur.personne.pk,
        "dernier": services.est_le_dernier(role),
        "faute": faute,
    }
    return render(request, "compte/retrait.html", contexte, status=status)


@login_required
@require_POST
def retirer_l_invitation(request: HttpRequest, numero: int, invitation: int) -> HttpResponse:
    """Withdraws an invitation that nobody took."""
    acteur = acteur_connecte(request)
    lue = organisation_pour(acteur, numero)
    attendue = invitations_de(lue).filter(pk=invitation).first()
    if attendue is None:
        raise Http404("Cette invitation n’attend plus.")
    services.retirer_invitation(attendue, auteur=acteur.nom_au_journal)
    messages.success(request, "L’invitation est retirée.")
    return redirect("organisation", numero)


@login_required
@require_POST
def regarder_une_personne(request: HttpRequest) -> HttpResponse:
    """Opens support's look, for a written reason."""
    soutien = acteur_connecte(request)
    if not soutien.a_role("soutien"):
        raise Http404("Cette page est celle de l’aide aux utilisateurs.")
    courriel = adresse_lue(request.POST.get("courriel", "")).lower()
    personne = Personne.objects.filter(courriel=courriel, is_active=True).first()
    if personne is None:
        return _organisations(request, faute="Aucun compte ouvert à cette adresse.", status=422)
    motif = request.POST.get("motif", "")
    exces = trop_long(motif, MOTIF_MAXIMUM)
    if exces:
        return _organisations(request, faute=exces, status=422)
    try:
        regard = services.regarder(soutien.personne, personne, motif)
    except services.ChangementImpossible as impossible:
        return _organisations(request, faute=str(impossible), status=422)
    request.session[REGARD] = regard.pk
    return redirect("espace")


@login_required
@require_POST
def fin_du_regard(request: HttpRequest) -> HttpResponse:
    """Ends support's look."""
    regard = regard_de(request)
    request.session.pop(REGARD, None)
    if regard is not None:
        services.cesser_de_regarder(regard)
    messages.success(request, "Vous ne regardez plus à la place de personne.")
    return redirect("organisations")
