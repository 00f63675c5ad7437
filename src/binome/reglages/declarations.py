"""Every setting of the house, in the order in which whoever runs it meets them."""

from __future__ import annotations

from typing import Any, Final

from binome.reglages import formes
from binome.reglages.genres import (
    chemin_de_donnees,
    choix,
    jour,
    liste,
    nombre,
    nombre_ou_rien,
    oui_non,
    reseaux,
    texte,
    texte_long,
)
from binome.reglages.reglage import FamilleDeReglages, Reglage

R = FamilleDeReglages
MO: Final = "mégaoctets"

PYTHON: Final = texte(
    "BINOME_PYTHON", R.LANCEUR, "Le Python à employer.", sans="cherché sur la machine"
)
ENV: Final = texte(
    "BINOME_ENV",
    R.LANCEUR,
    "Le dossier où s’installe l’environnement.",
    sans="`.venv`, ou le cache",
)
DEBUG: Final = oui_non(
    "BINOME_DEBUG", R.LANCEUR, "Laisse voir le détail technique d’une faute dans le terminal."
)

SECRET: Final = texte(
    "BINOME_SECRET",
    R.SITE,
    "La clé qui signe, de 50 caractères au moins. Gardez-la avec la clé de lecture des sauvegardes : sans elle, les seconds facteurs ne se lisent plus.",
    secret=True,
    sans="le site ne démarre pas",
)
HOTES: Final = liste(
    "BINOME_HOTES",
    R.SITE,
    "Les noms auxquels le site répond.",
    forme=formes.noms_du_site,
    defaut="127.0.0.1,localhost,[::1]",
)
ADRESSE: Final = texte(
    "BINOME_ADRESSE",
    R.SITE,
    "L’adresse du site, telle que les lettres et les courriels la nomment.",
    forme=formes.adresse_du_site,
    sans="`https://` et le premier de `BINOME_HOTES`",
)
ORIGINES: Final = liste(
    "BINOME_ORIGINES",
    R.SITE,
    "Les origines dont un formulaire peut venir, avec leur `https://`.",
    forme=formes.origines,
)
CADRES: Final = liste(
    "BINOME_CADRES",
    R.SITE,
    "Les sites qui peuvent montrer le simulateur dans une de leurs pages, avec leur `https://`.",
    forme=formes.origines,
    sans="aucun site",
)
DERRIERE_UN_RELAIS: Final = oui_non(
    "BINOME_DERRIERE_UN_RELAIS",
    R.SITE,
    "Un relais tient TLS devant le site : l’adresse et le protocole de qui demande sont lus dans `X-Forwarded-For` (dernier mot) et `X-Forwarded-Proto`. Sinon, ces en-têtes ne comptent pas et le site redirige lui-même vers HTTPS.",
)
SANS_REDIRECTION: Final = oui_non("BINOME_SANS_REDIRECTION", R.SITE, "Ne redirige pas vers HTTPS.")
API_PAR_MINUTE: Final = nombre(
    "BINOME_API_PAR_MINUTE",
    R.SITE,
    "Combien de demandes une adresse peut faire à l’API par minute, à chaque processus ; 0 pour n’en pas limiter.",
    defaut=600,
    entre=(0, 1_000_000),
    unite="demandes",
)
REGLES_CANDIDATES: Final = liste(
    "BINOME_REGLES_CANDIDATES",
    R.SITE,
    "Les dossiers des bases de règles que la branche peut essayer sur les dossiers en cours.",
)

DATABASE_URL: Final = texte(
    "DATABASE_URL",
    R.BASE,
    "L’adresse de la base PostgreSQL pour le rôle qui sert le site.",
    forme=formes.base_postgresql,
    attendu="`postgresql://compte:secret@serveur/base`",
    secret=True,
    sans="SQLite, dans le dossier des données",
)
BASE_PROPRIETAIRE: Final = texte(
    "BINOME_BASE_PROPRIETAIRE",
    R.BASE,
    "La même base, pour le rôle qui possède les tables : les migrations et les restaurations seules s’en servent.",
    forme=formes.base_postgresql,
    attendu="comme `DATABASE_URL`",
    secret=True,
    sans="un seul rôle fait tout",
)

DONNEES: Final = chemin_de_donnees(
    "BINOME_DONNEES",
    R.PLACES,
    "Le dossier de la base SQLite, des documents, des fichiers du site et des lots. Il ne peut pas être dans l’environnement du programme.",
    sans="`binome` dans `$XDG_DATA_HOME`, ou dans `~/.local/share`",
)
PLACE_MINIMALE: Final = nombre(
    "BINOME_PLACE_MINIMALE",
    R.PLACES,
    "La place qui doit rester libre sur le disque des données : en dessous, le site n’est pas prêt et ne prend ni document ni import.",
    defaut=200,
    entre=(0, 1_000_000),
    unite=MO,
)
CLES: Final = chemin_de_donnees(
    "BINOME_CLES",
    R.PLACES,
    "Le fichier des clés des valeurs personnelles du journal. Sur cette machine ou un disque à lui, jamais dans la sauvegarde de la base.",
    sans="`cles.sqlite3` dans le dossier des données",
)
EFFACEMENTS: Final = chemin_de_donnees(
    "BINOME_EFFACEMENTS",
    R.PLACES,
    "Le registre des effacements. Gardez-en une copie ailleurs : une restauration efface de nouveau qui y est nommé.",
    sans="`effacements.jsonl` dans le dossier des données",
)
ANCRES: Final = chemin_de_donnees(
    "BINOME_ANCRES",
    R.PLACES,
    "Le dossier des ancres du journal. Mettez-le sur une autre machine ou un autre volume.",
    sans="`ancres` dans le dossier des données",
)

COURRIER: Final = texte(
    "BINOME_COURRIER",
    R.COURRIER,
    "Le serveur de courrier.",
    forme=formes.serveur_smtp,
    attendu="`smtp://compte:secret@serveur:587` ou `smtps://…:465`",
    secret=True,
    sans="les courriels attendent, et personne ne les reçoit ; une démonstration les écrit dans `courrier`, dans le dossier des données, sept jours au plus",
)
EXPEDITEUR: Final = texte(
    "BINOME_EXPEDITEUR",
    R.COURRIER,
    "De qui viennent les courriels.",
    forme=formes.courriel,
    attendu="`Binôme <binome@example.org>`",
    sans="`Binôme <binome@localhost>`",
)

SCEAU_CLE: Final = texte(
    "BINOME_SCEAU_CLE",
    R.PAPIERS,
    "Le fichier PEM de la clé qui scelle les lettres de décision.",
    sans="aucune lettre n’est scellée, aucune décision n’est notifiée",
)
SCEAU_CERTIFICAT: Final = texte(
    "BINOME_SCEAU_CERTIFICAT",
    R.PAPIERS,
    "Le fichier PEM de son certificat, suivi de ceux des clés d’avant.",
    sans="comme sans clé",
)
NOTIFICATIONS_CLE: Final = texte(
    "BINOME_NOTIFICATIONS_CLE",
    R.COURRIER,
    "Le fichier PEM d’une clé privée P-256 : avec elle, un rappel peut s’afficher sur un téléphone.",
    sans="les rappels partent par courriel seulement",
)
NOTIFICATIONS_CONTACT: Final = texte(
    "BINOME_NOTIFICATIONS_CONTACT",
    R.COURRIER,
    "À qui les services de notification peuvent écrire ; obligatoire avec la clé.",
    forme=formes.courriel,
)
ANCRE_COURRIEL: Final = texte(
    "BINOME_ANCRE_COURRIEL",
    R.PAPIERS,
    "À qui chaque ancre du journal est envoyée.",
    forme=formes.courriel,
)
HORODATAGE: Final = texte(
    "BINOME_HORODATAGE",
    R.PAPIERS,
    "L’adresse http(s) d’une autorité d’horodatage (RFC 3161) pour les ancres ; donnez-en deux, et les deux datent chaque jour.",
    forme=formes.adresses_web,
    attendu="une adresse, ou plusieurs séparées par des espaces",
    sans="les ancres et les preuves ne sont pas horodatées, et le disent",
)
HORODATAGE_RACINE: Final = texte(
    "BINOME_HORODATAGE_RACINE",
    R.PAPIERS,
    "Le fichier PEM des certificats qui font foi pour ces autorités, d’aujourd’hui et d’avant ; obligatoire avec leurs adresses.",
)

CLAMAV: Final = texte(
    "BINOME_CLAMAV",
    R.FICHIERS,
    "Le service de ClamAV.",
    forme=formes.prise,
    attendu="`/run/clamav/clamd.ctl` ou `serveur:port`",
)
CLOISON_PLACES: Final = nombre_ou_rien(
    "BINOME_CLOISON_PLACES",
    R.FICHIERS,
    "Combien de documents et de tableaux sont lus à la fois.",
    entre=(1, 256),
    unite="lectures",
    sans="une par cœur, et deux au moins",
)
CLOISON_UTILISATEUR: Final = texte(
    "BINOME_CLOISON_UTILISATEUR",
    R.FICHIERS,
    "L’utilisateur du système qui les lit quand le site tourne en root.",
    sans="`nobody`",
)
QUOTA_DOSSIER_DOCUMENTS: Final = nombre(
    "BINOME_QUOTA_DOSSIER_DOCUMENTS",
    R.FICHIERS,
    "Combien de documents un dossier garde.",
    defaut=100,
    entre=(1, 1_000_000),
    unite="fichiers",
)
QUOTA_DOSSIER: Final = nombre(
    "BINOME_QUOTA_DOSSIER",
    R.FICHIERS,
    "La place que prend un dossier, au plus.",
    defaut=300,
    entre=(1, 10_000_000),
    unite=MO,
)
QUOTA_JOUR_FICHIERS: Final = nombre(
    "BINOME_QUOTA_JOUR_FICHIERS",
    R.FICHIERS,
    "Combien de fichiers une personne envoie en un jour.",
    defaut=500,
    entre=(1, 1_000_000),
    unite="fichiers",
)
QUOTA_JOUR: Final = nombre(
    "BINOME_QUOTA_JOUR",
    R.FICHIERS,
    "La place que prend ce qu’une personne envoie en un jour, au plus.",
    defaut=1000,
    entre=(1, 10_000_000),
    unite=MO,
)
QUOTA_ORGANISATION: Final = nombre(
    "BINOME_QUOTA_ORGANISATION",
    R.FICHIERS,
    "La place que prend tout ce qui est gardé pour une organisation, au plus.",
    defaut=20_000,
    entre=(1, 100_000_000),
    unite=MO,
)

SAUVEGARDE_DESTINATAIRE: Final = liste(
    "BINOME_SAUVEGARDE_DESTINATAIRE",
    R.SAUVEGARDE,
    "Pour qui les sauvegardes sont chiffrées : des clés publiques age (`age1…`).",
    forme=formes.cles_age,
)
SAUVEGARDE_SIGNATURE: Final = texte(
    "BINOME_SAUVEGARDE_SIGNATURE",
    R.SAUVEGARDE,
    "Le fichier PEM de la clé qui les signe, sur le serveur, lisible par son seul propriétaire.",
)
SAUVEGARDE_SIGNATAIRE: Final = texte(
    "BINOME_SAUVEGARDE_SIGNATAIRE",
    R.SAUVEGARDE,
    "Le fichier PEM de sa moitié publique, sur la machine qui restaure (ou `--signataire`).",
)

PROCONNECT_EMETTEUR: Final = texte(
    "BINOME_PROCONNECT_EMETTEUR",
    R.PORTES,
    "L’adresse de ProConnect, en https.",
    forme=formes.adresse_sure,
    sans="cette porte n’existe pas",
)
PROCONNECT_CLIENT: Final = texte(
    "BINOME_PROCONNECT_CLIENT", R.PORTES, "Le nom que ProConnect donne à ce site."
)
PROCONNECT_SECRET: Final = texte(
    "BINOME_PROCONNECT_SECRET", R.PORTES, "Le secret qu’il lui donne.", secret=True
)
PROCONNECT_ALGORITHME: Final = texte(
    "BINOME_PROCONNECT_ALGORITHME",
    R.PORTES,
    "L’algorithme dont il signe ses réponses.",
    sans="`RS256`",
)
EDITEUR: Final = texte(
    "BINOME_EDITEUR", R.PORTES, "Qui publie le site, en une ligne : les mentions légales le disent."
)
HEBERGEUR: Final = texte("BINOME_HEBERGEUR", R.PORTES, "Qui héberge le site, en une ligne.")
CONTACT: Final = texte(
    "BINOME_CONTACT",
    R.PORTES,
    "Où écrire à l’équipe, et signaler une erreur dans une réponse.",
    forme=formes.contact,
    attendu="commence par `mailto:`, `https://` ou `tel:`",
)
SECURITE_CONTACT: Final = texte(
    "BINOME_SECURITE_CONTACT",
    R.PORTES,
    "Où signaler une faille.",
    forme=formes.contact,
    attendu="commence par `mailto:`, `https://` ou `tel:`",
)
SECURITE_JUSQU_AU: Final = jour(
    "BINOME_SECURITE_JUSQU_AU",
    R.PORTES,
    "Le dernier jour où ce contact vaut ; obligatoire avec lui.",
    attendu="`2027-06-30`",
)

JOURNAL: Final = choix(
    "BINOME_JOURNAL",
    R.VEILLE,
    "À partir de quel niveau une ligne est écrite.",
    defaut="WARNING",
    possibles=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
)

JOURNAL_FORMAT: Final = choix(
    "BINOME_JOURNAL_FORMAT",
    R.VEILLE,
    "Comment une ligne est écrite : pour une personne, ou en JSON pour un programme.",
    defaut="humain",
    possibles=("humain", "json"),
)
METRIQUES_JETON: Final = texte_long(
    "BINOME_METRIQUES_JETON",
    R.VEILLE,
    "Ouvre `/metriques/` à qui donne ce jeton (`Authorization: Bearer …`).",
    mini=20,
    secret=True,
    sans="`/metriques/` n’existe pas, si aucune adresse ne l’ouvre non plus",
)
METRIQUES_ADRESSES: Final = reseaux(
    "BINOME_METRIQUES_ADRESSES",
    R.VEILLE,
    "Ouvre `/metriques/` à ces adresses seules ; avec un jeton, il faut les deux.",
    attendu="`10.0.0.0/8,::1`",
)

SEUIL_PERSONNES: Final = nombre("BINOME_SEUIL_PERSONNES", R.PUBLIE, "Le plus petit nombre de personnes qui se montre.",
    defaut=11, entre=(2, 1000), unite="personnes")  # fmt: skip
SEUIL_CONTRATS: Final = nombre("BINOME_SEUIL_CONTRATS", R.PUBLIE, "Le plus petit nombre de contrats d’aide qui se montre, croisé avec autre chose que le lieu.",
    defaut=5, entre=(2, 1000), unite="contrats")  # fmt: skip
SEUIL_ORGANISMES: Final = nombre("BINOME_SEUIL_ORGANISMES", R.PUBLIE, "De combien d’organismes une somme doit venir pour se montrer.",
    defaut=3, entre=(2, 1000), unite="organismes")  # fmt: skip
SEUIL_DOMINANCE: Final = nombre("BINOME_SEUIL_DOMINANCE", R.PUBLIE, "La part d’une somme qu’un seul organisme peut faire sans qu’elle soit cachée.",
    defaut=85, entre=(50, 100), unite="%")  # fmt: skip

DELAIS: Final = choix(
    "BINOME_DELAIS",
    R.INTERNE,
    "Combien de temps un processus attend la base : peu pour les pages, longtemps pour le reste.",
    defaut="longs",
    possibles=("courts", "longs"),
)
DEMONSTRATION: Final = oui_non(
    "BINOME_DEMONSTRATION",
    R.INTERNE,
    "Une démonstration, sur cette machine seule et en HTTP. Jamais en production.",
)
DEBUG_SITE: Final = oui_non(
    "BINOME_DEBUG_SITE", R.INTERNE, "Le site de qui le développe. Jamais en production."
)

POSTGRESQL: Final = texte("BINOME_POSTGRESQL", R.ESSAIS, "Le dossier des programmes de PostgreSQL.")
PHOTOS: Final = texte(
    "BINOME_PHOTOS", R.ESSAIS, "Le dossier où les essais laissent des photos des pages."
)
SIEGE: Final = nombre(
    "BINOME_SIEGE",
    R.ESSAIS,
    "Combien de temps dure l’essai du siège.",
    defaut=120,
    entre=(1, 3600),
    unite="secondes",
)

REGLAGES: Final[tuple[Reglage[Any], ...]] = tuple(
    un for un in list(globals().values()) if isinstance(un, Reglage)
)
"""All of them; a name of ours that is not here is a mistake."""
