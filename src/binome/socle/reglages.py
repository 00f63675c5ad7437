"""The settings of Django, made of those of `binome.reglages`; the defaults are safe, not convenient."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from binome.reglages import controle
from binome.reglages import declarations as donnes
from binome.reglages.donnees import donnees
from binome.socle.bases_de_donnees import base_de_donnees
from binome.socle.courriel import serveur_de_courrier
from binome.socle.delais import PAR_NOM
from binome.socle.horodatage import autorite_d_horodatage
from binome.socle.proconnect import proconnect
from binome.socle.signalement import contact_de_securite

PAQUET = Path(__file__).parent.parent
MEGAOCTET = 1_000_000
controle.verifier()


def _secret(demonstration: bool) -> str:
    """The key that signs; only a demonstration may do without one of its own."""
    if donne := donnes.SECRET.lire():
        return donne
    if demonstration:
        return secrets.token_urlsafe(50)
    raise ImproperlyConfigured(
        "BINOME_SECRET manque : donnez une clé secrète d’au moins 50 caractères, gardée hors du code "
        "(docs/exploitation.md). Pour essayer sans rien régler : binome demo."
    )


DEMONSTRATION = donnes.DEMONSTRATION.lire()
"""On this machine only, in plain HTTP: `./binome demo` and the tests."""
DEBUG = donnes.DEBUG_SITE.lire()
SECRET_KEY = _secret(DEMONSTRATION or DEBUG)
ALLOWED_HOSTS = list(donnes.HOTES.lire())
CSRF_TRUSTED_ORIGINS, CADRES_PERMIS = list(donnes.ORIGINES.lire()), list(donnes.CADRES.lire())

DONNEES = donnees()
DATABASES: dict[str, Any] = {
    "default": base_de_donnees(donnes.DATABASE_URL.lire(), DONNEES, PAR_NOM[donnes.DELAIS.lire()])
}
PLACE_MINIMALE = donnes.PLACE_MINIMALE.lire() * MEGAOCTET
"""Bytes that must stay free on the disk of the data folder: below, the site is not ready and takes no file."""
# What `dossiers/pieces/quotas.py` counts: files, and bytes. Choices of ours: no text gives them.
QUOTA_DOSSIER_DOCUMENTS = donnes.QUOTA_DOSSIER_DOCUMENTS.lire()
QUOTA_DOSSIER = donnes.QUOTA_DOSSIER.lire() * MEGAOCTET
QUOTA_JOUR_FICHIERS = donnes.QUOTA_JOUR_FICHIERS.lire()
QUOTA_JOUR = donnes.QUOTA_JOUR.lire() * MEGAOCTET
QUOTA_ORGANISATION = donnes.QUOTA_ORGANISATION.lire() * MEGAOCTET
CLES = donnes.CLES.lire() or DONNEES / "cles.sqlite3"
"""The keys of the journal's personal values: outside the database, and of its logs."""
EFFACEMENTS = donnes.EFFACEMENTS.lire() or DONNEES / "effacements.jsonl"
"""The register of erasures, which a restored backup is held against."""
ANCRES = donnes.ANCRES.lire() or DONNEES / "ancres"
"""The folder where the head of the journal is written down each day."""
ANCRE_COURRIEL = donnes.ANCRE_COURRIEL.lire()
"""Whom each anchor is mailed to; empty for nobody."""
HORODATAGE, HORODATAGE_RACINE = autorite_d_horodatage()
"""The address of a time-stamping authority, and the PEM file of what it is trusted by; empty without one."""
NOTIFICATIONS_CLE = donnes.NOTIFICATIONS_CLE.lire()
NOTIFICATIONS_CONTACT = donnes.NOTIFICATIONS_CONTACT.lire()
"""The key that signs what is sent to telephones, and whom their services may write to; empty: nothing is sent there."""
NOTIFICATIONS_SERVICES = (
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://web.push.apple.com",
)
"""The services that browsers name: nothing is ever sent to any other address."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "binome.socle",
    "binome.journal",
    "binome.comptes",
    "binome.lectures",
    "binome.courrier",
    "binome.branches",
    "binome.emplois",
    "binome.dossiers",
    "binome.pieces",
    "binome.bureau",
    "binome.messagerie",
    "binome.reseau",
    "binome.parcours",
    "binome.sessions",
    "binome.presences",
    "binome.livret",
    "binome.epreuves",
    "binome.jurys",
    "binome.titres",
    "binome.passeport",
    "binome.prises_en_charge",
    "binome.factures",
    "binome.contrats_d_aide",
    "binome.lettres",
    "binome.donnees_ouvertes",
    "binome.pilotage",
    "binome.rapport",
    "binome.site",
    "binome.api",
]
METRIQUES_JETON = donnes.METRIQUES_JETON.lire()
METRIQUES_ADRESSES = donnes.METRIQUES_ADRESSES.lire()
"""Who may read `/metriques/`: nobody when both are empty, and nothing is counted then."""
COMPTEURS = ["binome.socle.compteurs.CompteursMiddleware"]
MIDDLEWARE = [
    *(COMPTEURS if METRIQUES_JETON or METRIQUES_ADRESSES else []),
    "binome.socle.numeros.NumerosMiddleware",
    "binome.socle.nom_du_site.NomDuSiteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "binome.socle.entetes.EntetesMiddleware",
    "binome.habillage.envoi.EnvoiMiddleware",
    "binome.socle.televersement.TeleversementMiddleware",
    "binome.socle.machine_a_remonter.MachineARemonterMiddleware",
    "binome.socle.texte_recu.TexteRecuMiddleware",
    "binome.socle.typographie.TypographieMiddleware",
    "binome.habillage.titre_refuse.TitreRefuseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "binome.comptes.demande.ActeurMiddleware",
    "binome.site.erreurs.MethodeRefuseeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "binome.adresses"
WSGI_APPLICATION = "binome.socle.wsgi.application"
PIECES_A_GABARITS = (
    "habillage",
    "comptes",
    "courrier",
    "gestes",
    "listes",
    "reseau",
    "dossiers",
    "employeurs",
    "pieces",
    "bureau",
    "messagerie",
    "parcours",
    "sessions",
    "presences",
    "livret",
    "epreuves",
    "jurys",
    "titres",
    "passeport",
    "prises_en_charge",
    "factures",
    "contrats_d_aide",
    "lettres",
    "conservation",
    "donnees_ouvertes",
    "espace",
    "exports",
    "imports",
    "pilotage",
    "rapport",
    "rejeux",
    "site",
    "api",
)
"""The rooms that have templates, from the ground up: a template is named once in all of them (a test holds it)."""
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PAQUET / piece / "gabarits" for piece in PIECES_A_GABARITS],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "binome.habillage.contexte.contexte",
            ],
            "builtins": [
                "binome.habillage.templatetags.binome",
                "binome.habillage.templatetags.lexique",
                "binome.comptes.templatetags.comptes",
                "binome.courrier.templatetags.courrier",
                "django.templatetags.static",
            ],
        },
    }
]

AUTH_USER_MODEL = "comptes.Personne"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("courriel", "prenom", "nom")},
    },
    {"NAME": "binome.comptes.mots_de_passe.Devinable"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/compte/connexion/"
LOGIN_REDIRECT_URL = "/espace/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
if not DEMONSTRATION:
    # The browser itself refuses a cookie of that name that another host or plain HTTP would set.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
# Doors: an address and a password or a passkey. An address is proven by the invitation that it received.
ACCOUNT_ADAPTER = "binome.comptes.adaptateurs.Comptes"
ACCOUNT_FORMS = {
    "login": "binome.comptes.formulaires.Connexion",
    "reauthenticate": "binome.comptes.formulaires.NouvellePreuve",
    "change_password": "binome.comptes.formulaires.MotDePasseChange",
    "set_password": "binome.comptes.formulaires.MotDePassePose",
    "reset_password": "binome.comptes.formulaires.MotDePasseOublie",
    "reset_password_from_key": "binome.comptes.formulaires.MotDePasseNouveau",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "courriel"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEMONSTRATION else "https"
DERRIERE_UN_RELAIS = donnes.DERRIERE_UN_RELAIS.lire()
"""The server takes the visitor's address and scheme from the relay's headers; else nobody's headers count.

Everything else reads `REMOTE_ADDR` and the request's scheme, never a header: it cannot be misled by one.
"""
ALLAUTH_TRUSTED_PROXY_COUNT = 0
# Wrong passwords and codes are counted by `comptes.tentatives`: by address and account, right ones never.
# A new password that is refused as weak is no attack: who looks for a good one tries several.
ACCOUNT_RATE_LIMITS = {
    "login": None, "login_failed": None, "change_password": "20/m/user",
    # By address, a whole classroom; by account, who writes to somebody else too often.
    "reset_password": "60/m/ip,5/m/key",
}  # fmt: skip
MFA_ADAPTER = "binome.comptes.adaptateurs.SecondFacteur"
MFA_FORMS = {
    "authenticate": "binome.comptes.formulaires.Code",
    "reauthenticate": "binome.comptes.formulaires.CodeDeConfirmation",
    "activate_totp": "binome.comptes.formulaires.Application",
    "add_webauthn": "binome.comptes.formulaires.NouvelleCle",
    "authenticate_webauthn": "binome.comptes.cles.SecondFacteurParCle",
    "login_webauthn": "binome.comptes.cles.ConnexionParCle",
    "reauthenticate_webauthn": "binome.comptes.cles.NouvellePreuveParCle",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMONSTRATION
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Binôme"
MFA_TOTP_TOLERANCE = 1
SECOND_FACTEUR_EXIGE = not DEMONSTRATION
"""A demonstration has no phone to read codes on; everywhere else the branch and support must have one."""
PROCONNECT = proconnect()
globals().update(PROCONNECT)
if PROCONNECT:
    AUTHENTICATION_BACKENDS.append("binome.comptes.proconnect.ProConnect")

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
LANGUAGES = [("fr", "Français")]

STATIC_URL = "/static/"
STATIC_ROOT = DONNEES / "static"
STATICFILES_DIRS = [PAQUET / "habillage" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "binome.socle.statiques.Statiques"},
}
MEDIA_ROOT = DONNEES / "fichiers"
LECTURES = DONNEES / "lectures"
"""Where the openings of dossiers are written as they happen, until the jobs take them."""

ADRESSE = donnes.ADRESSE.lire() or (
    "http://127.0.0.1:8000" if DEMONSTRATION else f"https://{ALLOWED_HOSTS[0]}"
)
"""Where the site is, as letters and mails name it."""
SCEAU_CLE = donnes.SCEAU_CLE.lire()
SCEAU_CERTIFICAT = donnes.SCEAU_CERTIFICAT.lire()
"""The PEM files that seal the decision letters; in demonstration, made when there are none."""
REGLES_CANDIDATES = list(donnes.REGLES_CANDIDATES.lire())
"""Folders of rule bases that the branch may try on the live dossiers before they are published."""
SAUVEGARDE_DESTINATAIRES = list(donnes.SAUVEGARDE_DESTINATAIRE.lire())
"""Whom backups are encrypted for: age public keys (`age1…`)."""
SAUVEGARDE_SIGNATURE = donnes.SAUVEGARDE_SIGNATURE.lire()
"""The PEM file of the key that signs backups, on the server."""
SAUVEGARDE_SIGNATAIRE = donnes.SAUVEGARDE_SIGNATAIRE.lire()
"""The PEM file of its public half, on the machine that restores."""
EDITEUR = donnes.EDITEUR.lire()
HEBERGEUR = donnes.HEBERGEUR.lire()
CONTACT = donnes.CONTACT.lire()
"""Who publishes the site, who hosts it, where one writes to them; empty until whoever runs it says so."""
SECURITE_CONTACT, SECURITE_JUSQU_AU = contact_de_securite()
"""Where a vulnerability is reported, and until which day that is sure; empty without one."""
ANTIVIRUS = donnes.CLAMAV.lire()
"""ClamAV’s daemon: `/path/of/its/socket` or `host:port`; empty without one."""
COURRIER_OUVERT = DEMONSTRATION
EMAIL_BACKEND = "binome.courrier.fichiers.Fichiers"
EMAIL_FILE_PATH = DONNEES / "courrier"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = donnes.EXPEDITEUR.lire() or "Binôme <binome@localhost>"
if donnes.COURRIER.donne():
    globals().update(serveur_de_courrier(donnes.COURRIER.lire()))
WHITENOISE_MAX_AGE = 3600
# What every worker must see alike (doors, one-time codes) is in the database, written by POST alone. What a
# GET counts is in each process, so that answering never writes.
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "binome.comptes.partage.Partage"},
    "processus": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
# No visitor's answers in a log: the query string is never written (see docs/site.md).
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"sans_reponses": {"()": "binome.socle.journaux.SansReponses"}},
    "formatters": {
        "humain": {"()": "binome.socle.lignes.EnClair"},
        "json": {"()": "binome.socle.lignes.EnJson"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["sans_reponses"],
            "formatter": donnes.JOURNAL_FORMAT.lire(),
        }
    },
    "root": {"handlers": ["console"], "level": donnes.JOURNAL.lire()},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMONSTRATION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "binome.site.erreurs.formulaire_refuse"
# Who watches asks from this side of the relay, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^sante/$", r"^sante/pret/$", r"^metriques/$"]
SECURE_SSL_REDIRECT = not DEMONSTRATION and not donnes.SANS_REDIRECTION.lire()
SECURE_HSTS_SECONDS = 0 if DEMONSTRATION else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMONSTRATION
# Whoever owns the domain may have it written into browsers, for years; a header must not let others do so.
SECURE_HSTS_PRELOAD = False
# The folder of uploads is made at the first one.
SILENCED_SYSTEM_CHECKS = ["security.W021", "files.E001"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_TEMP_DIR = DONNEES / "transit"
"""Where uploads are received: what a kill leaves there is taken away by the jobs, and never lies in /tmp."""
FILE_UPLOAD_HANDLERS = [
    "binome.socle.televersement.Borne",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "binome.socle.televersement.EnTransit",
]
# What a page may load, and where its forms may go: `socle/entetes.py` makes a header of it.
POLITIQUE_DE_CONTENU = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'", *PROCONNECT.get("PROCONNECT_ORIGINES", ())],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
