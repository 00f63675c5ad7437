"""The addresses of accounts: allauth's views under names that people read, then invitations and roles."""

from __future__ import annotations

from allauth.account import views as compte
from allauth.mfa.base import views as facteur
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as cles
from django.urls import path, re_path

from binome.comptes import adresse, cadence, proconnect, views

SECURITE = "securite/"
urlpatterns = [
    path("connexion/", compte.login, name="account_login"),
    path("deconnexion/", compte.logout, name="account_logout"),
    path("ouverture/", compte.signup, name="account_signup"),
    path("ferme/", compte.account_inactive, name="account_inactive"),
    path("confirmer/", compte.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/", compte.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", compte.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", compte.password_reset, name="account_reset_password"),
    path("mot-de-passe/lettre/", compte.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        compte.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/change/",
        compte.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(SECURITE, views.securite, name="mfa_index"),
    path(f"{SECURITE}code/", facteur.authenticate, name="mfa_authenticate"),
    path(f"{SECURITE}confirmer/", facteur.reauthenticate, name="mfa_reauthenticate"),
    path(f"{SECURITE}application/", views.poser_une_application, name="mfa_activate_totp"),
    path(
        f"{SECURITE}application/retirer/", application.deactivate_totp, name="mfa_deactivate_totp"
    ),
    path(f"{SECURITE}secours/", secours.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        f"{SECURITE}secours/nouveaux/",
        secours.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{SECURITE}secours/fichier/",
        secours.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(f"{SECURITE}cles/", cles.list_webauthn, name="mfa_list_webauthn"),
    path(f"{SECURITE}cles/ajouter/", views.ajouter_une_cle, name="mfa_add_webauthn"),
    path(f"{SECURITE}cles/connexion/", cadence.entrer_par_cle, name="mfa_login_webauthn"),
    path(
        f"{SECURITE}cles/confirmer/",
        cles.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{SECURITE}cles/<int:pk>/nom/", cles.edit_webauthn, name="mfa_edit_webauthn"),
    path(f"{SECURITE}cles/<int:pk>/retirer/", views.retirer_la_cle, name="mfa_remove_webauthn"),
    path(f"{SECURITE}sessions/fermer/", views.fermer_les_sessions, name="fermer-sessions"),
    path("adresse/", adresse.demander, name="changer-adresse"),
    path("adresse/<str:jeton>/", adresse.confirmer, name="confirmer-adresse"),
    path("proconnect/", proconnect.aller, name="oidc_authentication_init"),
    path("proconnect/lier/", proconnect.lier_ici, name="lier-proconnect"),
    path("proconnect/retour/", proconnect.revenir, name="oidc_authentication_callback"),
    path("invitation/<str:jeton>/", views.invitation, name="invitation"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/choisir/", views.choisir, name="choisir-organisation"),
    path("organisations/<int:numero>/", views.organisation, name="organisation"),
    path(
        "organisations/<int:numero>/roles/<int:role>/retirer/",
        views.retirer_le_role,
        name="retirer-role",
    ),
    path(
        "organisations/<int:numero>/invitations/<int:invitation>/retirer/",
        views.retirer_l_invitation,
        name="retirer-invitation",
    ),
    path("regard/", views.regarder_une_personne, name="regarder"),
    path("regard/fin/", views.fin_du_regard, name="fin-du-regard"),
]
