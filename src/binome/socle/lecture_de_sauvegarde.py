"""Opening a backup: who signed it, which day it is of, and every file checked before any is given."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, Protocol

import pyrage
from django.utils import timezone

from binome.socle import conteneur, emports
from binome.socle.conteneur import BLOC, Abimee, ArchiveImpossible, NonSignee
from binome.socle.sauvegarde import BASE, MANIFESTE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ANCIEN: Final = 1
"""The format of the first archives: a tar in clear, its manifest first."""
FRAICHE: Final = timedelta(days=2)
"""Older, an archive is only restored when its day is said."""
MANIFESTE_MAX: Final = 1 << 29
"""The longest manifest that is read, in bytes."""


class OuvertureDArchive(NamedTuple):
    """How a person opens an archive: with which keys, and which day they expect.

    `signataire` is None when they said that they do without a signature.
    """

    identites: Sequence[Any] = ()
    signataire: Ed25519PublicKey | None = None
    jour: date | None = None


class ArchiveLisible(Protocol):
    """An archive that can be read several times, one part after the other."""

    manifeste: dict[str, Any]

    def membres(self, partie: str) -> Iterator[tuple[str, IO[bytes]]]:
        """The files of a part, each by its name; to be read before the next is asked for."""


def _dans_un_tar(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for membre in tar:
        flux = tar.extractfile(membre) if membre.isreg() else None
        if flux is None:
            raise Abimee
        yield membre.name, flux


def _manifeste(brut: bytes) -> dict[str, Any]:
    """What an archive says of itself, every part of it of its kind. Raises Abimee, ValueError."""
    try:
        dit = json.loads(brut)
    except RecursionError as profond:
        raise Abimee from profond
    if not isinstance(dit, dict):
        raise Abimee
    fichiers, lignes, faites = (dit.get(nom) for nom in ("fichiers", "lignes", "migrations"))
    if not (
        isinstance(fichiers, dict)
        and all(isinstance(somme, str) for somme in fichiers.values())
        and isinstance(lignes, dict)
        and all(isinstance(nombre, int) for nombre in lignes.values())
        and isinstance(faites, list)
        and all(
            isinstance(une, list) and len(une) == 2 and all(isinstance(mot, str) for mot in une)
            for une in faites
        )
        and isinstance(dit.get("moteur"), str)
        and isinstance(dit.get("fait_le"), str)
        and _plausible(datetime.fromisoformat(dit["fait_le"]))
        and any(nom.startswith("base/") for nom in fichiers)
        and _colonnes_dites(dit.get("colonnes", {}), fichiers)
    ):
        raise Abimee
    return dit


def _colonnes_dites(colonnes: Any, fichiers: dict[str, str]) -> bool:
    """Whether the columns of each table that was copied are named."""
    copiees = [
        nom.removeprefix("base/").removesuffix(".copy")
        for nom in fichiers
        if nom.startswith("base/") and nom.endswith(".copy")
    ]
    return isinstance(colonnes, dict) and all(
        isinstance(noms := colonnes.get(table), list) and all(isinstance(nom, str) for nom in noms)
        for table in copiees
    )


def _plausible(moment: datetime) -> bool:
    """Whether a backup may be of that moment: on some clock, and not in another age."""
    return moment.tzinfo is not None and 2000 < moment.year < 9000


class _Signee:
    """An archive of today's format."""

    def __init__(self, lu: conteneur.Lu, identites: Sequence[Any]) -> None:
        self._lu, self._identites = lu, identites
        with lu.partie(MANIFESTE, identites) as flux:
            brut = flux.read(MANIFESTE_MAX)
        self.manifeste = _manifeste(brut)

    def membres(self, partie: str) -> Iterator[tuple[str, IO[bytes]]]:
        with (
            self._lu.partie(f"{partie}.tar", self._identites) as flux,
            tarfile.open(fileobj=flux, mode="r|") as tar,
        ):
            yield from _dans_un_tar(tar)


class _Ancienne:
    """An archive of the first format: in clear, and signed by nobody."""

    def __init__(self, chemin: Path) -> None:
        self._chemin = chemin
        with tarfile.open(chemin, "r:") as tar:
            nom, flux = next(_dans_un_tar(tar))
            if nom != MANIFESTE:
                raise Abimee
            self.manifeste = _manifeste(flux.read(MANIFESTE_MAX))
        if self.manifeste.get("format") != ANCIEN:
            raise Abimee

    def membres(self, partie: str) -> Iterator[tuple[str, IO[bytes]]]:
        with tarfile.open(self._chemin, "r:") as tar:
            for nom, flux in _dans_un_tar(tar):
                connu = nom == MANIFESTE or nom.startswith(("base/", "fichiers/"))
                if not connu:
                    raise Abimee
                if nom.startswith(f"{partie}/"):
                    yield nom, flux


@contextmanager
def _en_mots(archive: Path) -> Iterator[None]:
    """Says in French what an archive has against it. Raises ArchiveImpossible."""
    try:
        yield
    except NonSignee as erreur:
        raise ArchiveImpossible(
            f"{archive} n’est pas signée par la clé que vous donnez, ou a été changée depuis : rien n’est "
            "restauré. Prenez une autre copie, et vérifiez la clé publique de signature."
        ) from erreur
    except pyrage.DecryptError as erreur:
        raise ArchiveImpossible(
            f"{archive} ne s’ouvre pas avec cette clé de lecture : rien n’est restauré."
        ) from erreur
    except (Abimee, tarfile.TarError, ValueError, KeyError, EOFError, OSError) as erreur:
        raise ArchiveImpossible(
            f"{archive} est abîmée ou n’est pas une sauvegarde : rien n’est restauré. Prenez une autre copie ; si celle-ci s’ouvrait hier, cherchez qui a pu y écrire."
        ) from erreur


def ouvrir(archive: Path, ouverture: OuvertureDArchive) -> ArchiveLisible:
    """An archive whose every byte was checked, and nothing written yet. Raises ArchiveImpossible."""
    with _en_mots(archive):
        source = _source(archive, ouverture)
    _verifier_le_jour(source.manifeste["fait_le"], ouverture.jour)
    with _en_mots(archive):
        _verifier_les_fichiers(source)
    return source


def _source(archive: Path, ouverture: OuvertureDArchive) -> ArchiveLisible:
    try:
        lu = conteneur.lire(archive, ouverture.signataire)
    except (Abimee, NonSignee):
        try:
            ancienne = _Ancienne(archive)
        except (Abimee, tarfile.TarError, StopIteration, ValueError):
            ancienne = None
        if ancienne is None:
            raise
        if ouverture.signataire is not None:
            raise ArchiveImpossible(
                f"{archive} est d’un ancien format, que rien ne signe. Si vous savez d’où elle vient, "
                "ajoutez --sans-signature."
            ) from None
        return ancienne
    if lu.chiffre and not ouverture.identites:
        raise ArchiveImpossible(
            f"{archive} est chiffrée : donnez la clé de lecture avec --cle FICHIER (elle est gardée hors du "
            "serveur)."
        )
    return _Signee(lu, ouverture.identites)


def _verifier_le_jour(fait_le: str, attendu: date | None) -> None:
    moment = datetime.fromisoformat(fait_le)
    jour = timezone.localtime(moment).date()
    if attendu is not None and attendu != jour:
        raise ArchiveImpossible(
            f"Cette sauvegarde est du {jour:%d/%m/%Y}, et non du {attendu:%d/%m/%Y} : rien n’est restauré."
        )
    if attendu is None and timezone.now() - moment > FRAICHE:
        ecoules = (timezone.localdate() - jour).days
        raise ArchiveImpossible(
            f"Cette sauvegarde est du {jour:%d/%m/%Y}, il y a {ecoules} jours : ce qui a changé depuis "
            f"serait perdu. Si c’est bien celle que vous voulez, ajoutez --du {jour.isoformat()}."
        )


def parties() -> tuple[str, ...]:
    """The parts that hold files, in the order in which they are put back: the database last."""
    return ("fichiers", *(reserve.nom for reserve in emports.reserves()), "base")


def _noms() -> re.Pattern[str]:
    """The only names an archive may hold: none climbs out of its folder."""
    rayons = "|".join(map(re.escape, emports.rayons_sauves())) or r"\b\B"
    stores = "".join(rf"|{re.escape(un.nom)}/[\w-][\w.-]*" for un in emports.reserves())
    return re.compile(
        rf"base/(?:{re.escape(BASE)}|\w+\.copy)|fichiers/(?:{rayons})/[0-9a-f]{{40}}\.\w{{2,8}}{stores}"
    )


def _verifier_les_fichiers(source: ArchiveLisible) -> None:
    permis, lues = _noms(), {}
    for partie in parties():
        if not attendue(source, partie):
            continue
        for nom, flux in source.membres(partie):
            if nom in lues or not nom.startswith(f"{partie}/") or not permis.fullmatch(nom):
                raise Abimee
            somme = hashlib.sha256()
            while bloc := flux.read(BLOC):
                somme.update(bloc)
            lues[nom] = somme.hexdigest()
    if lues != source.manifeste["fichiers"]:
        raise Abimee


def attendue(source: ArchiveLisible, partie: str) -> bool:
    """Whether an archive holds files of a part: one made before a store existed does not."""
    return any(nom.startswith(f"{partie}/") for nom in source.manifeste["fichiers"])
