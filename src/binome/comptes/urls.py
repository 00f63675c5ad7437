"""The addresses of accounts: allauth's views, under French names."""

from __future__ import annotations

from allauth.account import views as compte
from allauth.mfa.base import views as facteur
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as cles
from django.urls import path, re_path

urlpatterns = [
    path("connexion/", compte.login, name="account_login"),
    path("connexion/cle/", cles.login_webauthn, name="mfa_login_webauthn"),
    path("deconnexion/", compte.logout, name="account_logout"),
    path("deconnexion/", compte.logout, name="deconnexion"),
    path("ferme/", compte.account_inactive, name="account_inactive"),
    path("confirmer/", compte.reauthenticate, name="account_reauthenticate"),
    path("confirmer/code/", facteur.reauthenticate, name="mfa_reauthenticate"),
    path("confirmer/cle/", cles.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("code/", facteur.authenticate, name="mfa_authenticate"),
    path("mot-de-passe/", compte.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", compte.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", compte.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/",
        compte.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "mot-de-passe/oublie/fait/",
        compte.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^mot-de-passe/oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        compte.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("securite/", facteur.index, name="mfa_index"),
    path("securite/application/", application.activate_totp, name="mfa_activate_totp"),
    path("securite/application/retirer/", application.deactivate_totp, name="mfa_deactivate_totp"),
    path("securite/codes/", secours.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "securite/codes/refaire/",
        secours.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "securite/codes/telecharger/",
        secours.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("securite/cles/", cles.list_webauthn, name="mfa_list_webauthn"),
    path("securite/cles/ajouter/", cles.add_webauthn, name="mfa_add_webauthn"),
    path("securite/cles/<int:pk>/retirer/", cles.remove_webauthn, name="mfa_remove_webauthn"),
    path("securite/cles/<int:pk>/renommer/", cles.edit_webauthn, name="mfa_edit_webauthn"),
]
