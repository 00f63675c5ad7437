"""ProConnect: an identity that the State vouches for, tied to a person who was invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import jwt
import requests
from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import (
    OIDCAuthenticationCallbackView,
    OIDCAuthenticationRequestView,
)

from binome.comptes.acteur import Acteur
from binome.comptes.cadence import trop_souvent
from binome.comptes.models import Identite, Personne
from binome.comptes.signaux import lettre_de_compte
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

NON_CONFIRMEE = (
    "ProConnect n’a pas confirmé votre identité. Recommencez depuis la page de connexion."
)
EN_PANNE = (
    "ProConnect ne répond pas. Réessayez dans quelques minutes, ou prenez votre mot de passe."
)
INCONNUE = (
    "Votre identité est confirmée, mais aucun compte n’a l’adresse que ProConnect nous donne. "
    "Demandez une invitation à cette adresse, à votre organisme ou à la branche."
)
AUTRE_IDENTITE = (
    "Ce compte est déjà tenu par une autre identité ProConnect. "
    "Prenez votre mot de passe, ou demandez de l’aide."
)
AUTRE_ETABLISSEMENT = (
    "ProConnect vous dit d’un établissement qui n’est pas celui de votre organisation ici. "
    "Choisissez le bon établissement dans ProConnect, ou prenez votre mot de passe."
)
A_LIER = (
    "Votre identité est confirmée, mais ProConnect ne nous en dit pas assez pour la lier à votre compte. "
    "Connectez-vous une fois avec votre mot de passe, puis liez-la depuis la sécurité de votre compte."
)
A_LIER_ICI = "proconnect-a-lier"
"""Where a session keeps the number of the person who asked to tie their identity."""
SIRET = 14
SIREN = 9


class ConnexionRefusee(Exception):
    """A sign-in that is refused; its message is for the person."""


class ProConnect(OIDCAuthenticationBackend):
    """Reads what ProConnect says, and finds whom it says it of."""

    def get_user(self, user_id: int) -> Personne | None:
        """Who a session is of; nobody once their account is closed, which the library does not look at."""
        return Personne.objects.filter(pk=user_id, is_active=True).first()

    def get_payload_data(self, token: str, key: Any) -> dict[str, Any]:
        """The claims of a token. Raises ConnexionRefusee unless it is signed, for us, from the issuer, and in time."""
        try:
            return jwt.decode(
                token,
                key,
                algorithms=[self.OIDC_RP_SIGN_ALGO],
                audience=self.OIDC_RP_CLIENT_ID,
                issuer=settings.PROCONNECT["PROCONNECT_EMETTEUR"],
                options={"require": ["sub", "aud", "iss", "exp"]},
                leeway=30,
            )
        except jwt.PyJWTError as faute:
            raise ConnexionRefusee(NON_CONFIRMEE) from faute

    def get_or_create_user(
        self, access_token: str, id_token: str, payload: Mapping[str, Any]
    ) -> Personne:
        """The person of an identity; never a new one. Raises ConnexionRefusee."""
        dits = self.get_userinfo(access_token, id_token, payload)
        if dits.get("sub") != payload["sub"]:  # what another sign-in said
            raise ConnexionRefusee(NON_CONFIRMEE)
        a_lier = self.request.session.pop(A_LIER_ICI, None)
        if a_lier is None:
            return reconnaitre(dits)
        # The person asked for it from their own account, signed in by another door.
        if self.request.user.pk != a_lier:
            raise ConnexionRefusee(NON_CONFIRMEE)
        personne = cast("Personne", self.request.user)
        if not _de_l_etablissement(personne, str(dits.get("siret") or "")):
            raise ConnexionRefusee(AUTRE_ETABLISSEMENT)
        lier(personne, dits, par="compte")
        return personne


def _entreprises(personne: Personne, *, prouvees: bool = False) -> set[str]:
    """The companies (SIREN) of the person's organisations, as far as their numbers tell.

    `prouvees`: without the numbers that a practice bears on another organisation's word alone.
    """
    return {
        appartenance.organisation.identifiant[:SIREN]
        for appartenance in Acteur(personne).toutes
        if len(appartenance.organisation.identifiant) == SIRET
        and not (prouvees and appartenance.organisation.parrain_id)
    }


def _de_l_etablissement(personne: Personne, siret: str) -> bool:
    """Whether one of the person's organisations is of that company; true when no number can tell."""
    connues = _entreprises(personne)
    return not siret or not connues or siret[:SIREN] in connues


def _certaine(personne: Personne, dits: Mapping[str, Any]) -> bool:
    """Whether the claims are enough to tie an identity to an account that has the same address.

    An address that the identity provider did not verify, or a company that is not known to be the
    person's, could be anybody's; so could a number that a practice bears on another's word alone.
    """
    verifiee = dits.get("email_verified", True) in (True, "true")
    siret = str(dits.get("siret") or "")
    connues = _entreprises(personne, prouvees=True)
    return verifiee and len(siret) == SIRET and siret[:SIREN] in connues


@transaction.atomic
def reconnaitre(dits: Mapping[str, Any]) -> Personne:
    """The person that claims are about: by their `sub`, else by their address the first time.

    Raises ConnexionRefusee: unknown, tied to another identity, from another company than the person's, or not
    certain enough to be tied without the person's word.
    """
    emetteur, sub = settings.PROCONNECT["PROCONNECT_EMETTEUR"], str(dits["sub"])
    siret = str(dits.get("siret") or "")
    identite = (
        Identite.objects.select_related("personne").filter(emetteur=emetteur, sub=sub).first()
    )
    courriel = str(dits.get("email") or "").strip().lower()
    personne = (
        identite.personne
        if identite is not None
        else Personne.objects.filter(courriel=courriel).first()
    )
    if personne is None or not personne.is_active:
        raise ConnexionRefusee(INCONNUE)
    if not _de_l_etablissement(personne, siret):
        raise ConnexionRefusee(AUTRE_ETABLISSEMENT)
    if identite is None:
        if not _certaine(personne, dits):
            raise ConnexionRefusee(A_LIER)
        lier(personne, dits, par="proconnect")
    return personne


@transaction.atomic
def lier(personne: Personne, dits: Mapping[str, Any], *, par: str) -> None:
    """Ties an identity to a person. Raises ConnexionRefusee when either is tied to another already."""
    emetteur, sub = settings.PROCONNECT["PROCONNECT_EMETTEUR"], str(dits["sub"])
    if Identite.objects.filter(emetteur=emetteur, sub=sub, personne=personne).exists():
        return
    try:
        with transaction.atomic():
            identite = Identite.objects.create(personne=personne, emetteur=emetteur, sub=sub)
    except IntegrityError:
        raise ConnexionRefusee(AUTRE_IDENTITE) from None
    ecrire(
        Ecriture(
            "identite.liee",
            personne.sujet,
            auteur=personne.sujet,
            apres={"par": par},
            lignes=lignes([identite]),
        )
    )
    lettre_de_compte.send(
        Identite,
        courriel=personne.courriel,
        lettre="securite",
        objet="La sécurité de votre compte a changé",
        fait="Une identité ProConnect ouvre maintenant votre compte.",
        adresse="",
    )


class Retour(OIDCAuthenticationCallbackView):
    """Where ProConnect sends the person back."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Opens the session, or says in a sentence why not."""
        if request.GET.get("error"):
            return self._renoncer(request)
        try:
            return cast("HttpResponse", super().get(request))
        except ConnexionRefusee as refus:
            return _refuser(request, str(refus))
        except requests.RequestException:
            return _refuser(request, EN_PANNE, status=502)
        except (ValueError, KeyError, SuspiciousOperation, jwt.PyJWTError):
            return _refuser(request, NON_CONFIRMEE)

    def _renoncer(self, request: HttpRequest) -> HttpResponse:
        """The person gave up there. The library would sign them out here, as any link that says so would."""
        partis = request.session.get("oidc_states", {})
        if partis.pop(request.GET.get("state", ""), None) is not None:
            request.session["oidc_states"] = partis
            request.session.pop(A_LIER_ICI, None)
        return self.login_failure()

    def login_success(self) -> HttpResponse:
        """Through allauth's stages: who has a second factor is still asked for it."""
        if self.request.user.is_authenticated and self.request.user.pk == self.user.pk:
            messages.success(self.request, "Votre identité ProConnect est liée à ce compte.")
            return redirect("mfa_index")
        return cast(
            "HttpResponse",
            perform_login(
                self.request,
                self.user,
                email=self.user.courriel,
                redirect_url=self.success_url,
            ),
        )

    def login_failure(self) -> HttpResponse:
        """ProConnect refused, the person gave up, or the way back was already taken."""
        return _refuser(self.request, NON_CONFIRMEE)


def _refuser(request: HttpRequest, raison: str, *, status: int = 403) -> HttpResponse:
    return render(request, "compte/proconnect.html", {"raison": raison}, status=status)


def _ouverte() -> None:
    if not settings.PROCONNECT:
        raise Http404("ProConnect n’est pas proposé ici.")


@never_cache
def aller(request: HttpRequest) -> HttpResponse:
    """Sends the person to ProConnect. Raises Http404 when it is not configured."""
    _ouverte()
    attente = trop_souvent(request, "proconnect")
    return attente or cast("HttpResponse", OIDCAuthenticationRequestView.as_view()(request))


def _partir_lier(request: HttpRequest) -> HttpResponse:
    request.session[A_LIER_ICI] = request.user.pk
    return redirect("oidc_authentication_init")


_apres_confirmation = reauthentication_required(_partir_lier)


@login_required
@require_POST
def lier_ici(request: HttpRequest) -> HttpResponse:
    """Sends to ProConnect a person who ties their identity to the account they are in.

    As for a key, they prove again that it is them: a tie opens the account for good.
    """
    _ouverte()
    return cast("HttpResponse", _apres_confirmation(request))


@never_cache
def revenir(request: HttpRequest) -> HttpResponse:
    """Takes the person back from ProConnect. Raises Http404 when it is not configured."""
    _ouverte()
    return cast("HttpResponse", Retour.as_view()(request))
