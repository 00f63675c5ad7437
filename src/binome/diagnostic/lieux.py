"""The disk, and the database on it or elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import DatabaseError, connection

from binome.diagnostic import mesures
from binome.diagnostic.dits import taille_dite
from binome.diagnostic.observation import Observation, a_faire, bon, non_vu
from binome.reglages.declarations import DONNEES
from binome.reglages.donnees import donnees_d_avant
from binome.socle import etat_de_la_machine as machine
from binome.socle.donnees import pourquoi_pas
from binome.socle.empechements import ABIMEE, PAS_UNE_BASE, empechement
from binome.socle.roles_de_base import sert_en_proprietaire

if TYPE_CHECKING:
    from collections.abc import Iterator

MIGRER: Final = "binome base migrer"


def disque() -> Iterator[Observation]:
    """Whether the data folder is there, writes, and has room."""
    lieu = Path(settings.DONNEES)
    empeche = pourquoi_pas(lieu)
    if empeche:
        yield a_faire(
            "disque",
            f"Le dossier des données ne peut pas être {lieu} : {empeche}.",
            f"Donnez un dossier dans {DONNEES.nom}.",
        )
        return
    if not lieu.is_dir():
        yield a_faire(
            "disque",
            f"Le dossier des données, {lieu}, n’existe pas encore.",
            f"Il se fait avec la base : {MIGRER}. S’il est ailleurs, donnez BINOME_DONNEES.",
        )
        return
    faute = machine.disque()
    if faute:
        yield a_faire(
            "disque",
            f"Le disque de {lieu} est {faute}."
            if faute != machine.N_ECRIT_PAS
            else f"Rien ne s’écrit dans {lieu}.",
            "Libérez de la place, ou rendez l’écriture à l’utilisateur qui sert le site.",
        )
        return
    avant = " (là où une version d’avant les gardait)" if lieu == donnees_d_avant() else ""
    yield bon("disque", f"{taille_dite(mesures.place_libre())} libres pour {lieu}{avant}.")


def _absente() -> bool:
    return connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists()


def base() -> Iterator[Observation]:
    """Whether the database answers, is of this version, and is served by a role that cannot bend it."""
    if connection.vendor == "sqlite" and pourquoi_pas(Path(settings.DONNEES)):
        yield non_vu("base", "Il faut d’abord le dossier des données.")
        return
    if _absente():
        yield a_faire("base", "Il n’y a pas encore de base.", f"Faites-la : {MIGRER}.")
        return
    try:
        with machine.base_a_part() as une:
            ecrit = machine.ecriture(une)
            genre = "PostgreSQL" if une.vendor == "postgresql" else "SQLite"
            dit = f"{genre} répond ; elle occupe {taille_dite(mesures.taille(une))}."
            vierge = "django_migrations" not in une.introspection.table_names()
            retard = "à appliquer" if vierge else machine.migrations(une)
    except DatabaseError as erreur:
        refus = empechement(erreur)
        if refus in {PAS_UNE_BASE, ABIMEE}:
            yield a_faire("base", f"{refus.titre}.", refus.remede)
            return
        yield a_faire(
            "base",
            "La base ne répond pas.",
            "Vérifiez qu’elle tourne, et ce que nomment DATABASE_URL et BINOME_DONNEES.",
        )
        return
    if ecrit:
        yield a_faire("base", "La base n’écrit pas.", "Rendez-lui l’écriture, ou son disque.")
    else:
        yield bon("base", dit)
    if retard == machine.PLUS_RECENTE:
        yield a_faire(
            "migrations",
            "La base a servi à une version plus récente du programme.",
            "Reprenez cette version, ou restaurez une sauvegarde faite avant elle (docs/exploitation.md).",
        )
    elif retard:
        yield a_faire(
            "migrations", "La base n’est pas à la version du programme.", f"Lancez : {MIGRER}."
        )
    else:
        yield bon("migrations", "La base est à la version du programme.")
    yield _roles()


def _roles() -> Observation:
    if connection.vendor != "postgresql":
        return bon("rôles", "SQLite n’en a pas.")
    if sert_en_proprietaire(connection):
        return a_faire(
            "rôles",
            "Le rôle qui sert le site possède les tables : il pourrait défaire le journal.",
            "Séparez-les : binome base roles (docs/exploitation.md).",
        )
    return bon("rôles", "Le rôle qui sert le site ne possède pas les tables.")
