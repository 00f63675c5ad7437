"""The forms of accounts, in the words of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as compte
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as facteur
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from binome.comptes.cles import ILLISIBLE, ChampDeReponse
from binome.comptes.demandes_de_mot_de_passe import noter
from binome.comptes.models import Personne
from binome.comptes.roles import roles_de
from binome.comptes.tentatives import Tentative, sert_une_fois
from binome.habillage.champs import UneAdresse, UneLigne

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.comptes.models import Invitation, Organisation

ADRESSE = ("Adresse électronique", "")
ACTUEL = ("Votre mot de passe actuel", "")
NOUVEAU = ("Nouveau mot de passe", "Douze caractères au moins. Une phrase convient très bien.")
ENCORE = ("Le même, une seconde fois", "")
SIX_CHIFFRES = ("Code à six chiffres", "")


class Sobre(forms.Form):
    """Labels and helps of our own, and no word inside a field."""

    mots: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom, champ in self.fields.items():
            champ.widget.attrs.pop("placeholder", None)
            if nom in self.mots:
                champ.label, champ.help_text = self.mots[nom]


class Connexion(Sobre, compte.LoginForm):
    """To sign in."""

    mots: ClassVar = {"login": ADRESSE, "password": ("Mot de passe", "")}


class NouvellePreuve(Sobre, compte.ReauthenticateForm):
    """To prove again that it is you."""

    mots: ClassVar = {"password": ACTUEL}


class MotDePasseChange(Sobre, compte.ChangePasswordForm):
    """To change one's password."""

    mots: ClassVar = {"oldpassword": ACTUEL, "password1": NOUVEAU, "password2": ENCORE}


class MotDePassePose(Sobre, compte.SetPasswordForm):
    """To have a password beside ProConnect."""

    mots: ClassVar = {"password1": NOUVEAU, "password2": ENCORE}


class MotDePasseOublie(Sobre, compte.ResetPasswordForm):
    """To receive the letter that opens a new password."""

    mots: ClassVar = {"email": ADRESSE}

    def clean_email(self) -> str:
        """The address, folded; whether it is known is not looked at here."""
        courriel: str = self.cleaned_data["email"].lower()
        return courriel

    def save(self, request: HttpRequest, **_: Any) -> str:  # noqa: ARG002 - allauth calls it so
        """Leaves the rest to the jobs."""
        courriel: str = self.cleaned_data["email"]
        noter(courriel)
        return courriel


class MotDePasseNouveau(Sobre, compte.ResetPasswordKeyForm):
    """To choose it, from the letter."""

    mots: ClassVar = {"password1": NOUVEAU, "password2": ENCORE}


class _UnSeulUsage(facteur.BaseAuthenticateForm):
    """A code that is counted when wrong, and that serves once whatever worker reads it."""

    def clean_code(self) -> str:
        """The code, with its factor in `authenticator`. Raises ValidationError."""
        code: str = self.cleaned_data["code"]
        essai = Tentative(context.request, f"personne:{self.user.pk}", par_code=True)
        if not essai.commencer():
            raise get_account_adapter().validation_error("too_many_login_attempts")
        par_code = Authenticator.objects.filter(user=self.user).exclude(
            type=Authenticator.Type.WEBAUTHN
        )
        for trouve in par_code.order_by("pk"):
            if not trouve.wrap().validate_code(code):
                continue
            if trouve.type == Authenticator.Type.TOTP and not sert_une_fois(trouve, code):
                continue
            trouve.user = self.user
            self.authenticator = trouve
            essai.reussir()
            return code
        raise get_adapter().validation_error("incorrect_code")


class Code(Sobre, _UnSeulUsage, facteur.AuthenticateForm):
    """The code that ends a sign-in."""

    mots: ClassVar = {
        "code": (
            "Code",
            "Les six chiffres de votre application, ou l’un de vos codes de secours.",
        )
    }


class CodeDeConfirmation(Sobre, _UnSeulUsage, facteur.ReauthenticateForm):
    """The code that proves again that it is you."""

    mots: ClassVar = Code.mots


class Application(Sobre, ActivateTOTPForm):
    """The first code of an authenticator app."""

    mots: ClassVar = {"code": ("Code affiché par l’application", "Six chiffres.")}


class NouvelleCle(Sobre, AddWebAuthnForm):
    """A passkey or a security key."""

    name = UneLigne(required=False, max_length=100)
    credential = ChampDeReponse(required=True, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What the key says of itself. Raises ValidationError, also for what is no answer of a key."""
        try:
            lus = super().clean() or self.cleaned_data
        except ValidationError:
            raise
        except ILLISIBLE:
            raise get_adapter().validation_error("incorrect_code") from None
        return lus

    mots: ClassVar = {
        "name": ("Nom de la clé", "Pour la reconnaître : « mon téléphone », « clé du bureau »."),
        "passwordless": (
            "Me connecter avec cette clé seule",
            "Sans mot de passe. L’appareil demandera un code, un visage ou une empreinte.",
        ),
    }


class Compte(Sobre):
    """What makes an account of an invitation."""

    prenom = UneLigne(
        label="Prénom",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    nom = UneLigne(
        label="Nom",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    mot_de_passe = forms.CharField(
        label="Mot de passe",
        help_text=NOUVEAU[1],
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._courriel = invitation.courriel

    def clean(self) -> dict[str, Any]:
        """Refuses a password that is short, known of all, or like the person's name."""
        lus = super().clean() or self.cleaned_data
        if lus.get("mot_de_passe"):
            presque = Personne(
                courriel=self._courriel, prenom=lus.get("prenom", ""), nom=lus.get("nom", "")
            )
            try:
                validate_password(lus["mot_de_passe"], presque)
            except ValidationError as erreur:
                self.add_error("mot_de_passe", erreur)
        return lus


class NouvelleAdresse(Sobre):
    """The address that takes the place of one's own."""

    courriel = UneAdresse(
        label="Votre nouvelle adresse électronique",
        help_text="Un lien y est envoyé, valable une heure. Rien ne change avant que vous l’ayez suivi.",
        error_messages={"required": "Il nous manque la nouvelle adresse."},
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )


class Inviter(Sobre):
    """An address, and the role kept for it."""

    courriel = UneAdresse(
        label="Adresse électronique",
        help_text="Elle recevra un courriel, valable quatorze jours.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Rôle")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The least first, and so by default: more is given on purpose.
        roles = roles_de(organisation.genre)
        self.fields["role"] = forms.ChoiceField(
            label="Rôle",
            choices=[(un.code, un.mot) for un in roles],
            help_text=" ".join(f"{un.mot} : {un.peut}." for un in roles),
        )


class Contact(Sobre):
    """Where one answers what an organisation writes."""

    contact = UneAdresse(
        label="L’adresse où l’on vous répond",
        help_text="Les courriels que Binôme envoie pour vous la donnent : qui répond vous écrit. Laissez vide pour n’en donner aucune.",
        required=False,
    )


class Regarder(Sobre):
    """Why support looks through a person's eyes."""

    personne = forms.IntegerField(widget=forms.HiddenInput)
    motif = forms.CharField(
        label="Pourquoi regarder",
        help_text="Ce motif est gardé au journal, avec votre nom. N’y mettez rien de personnel.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
