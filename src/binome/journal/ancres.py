"""The anchors: the head of the journal, written down each day outside the database.

Who owns the database may cut its journal or forge it again, head included. The anchors of the days before
show it. Lines are chained, so that one changed, removed or put in between is seen too.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import secrets
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from binome.journal import annonces, chaine, effacements
from binome.journal.annonces import RacineAncree, RacinesRompues, annoncer
from binome.journal.fichier_chaine import ORIGINE, octets, somme, tenir
from binome.journal.horodatage import (
    HorodatageAbsent,
    HorodatageFaux,
    attester,
    autorites,
    horodater,
    racines,
)
from binome.socle.suite import FauteSuivie

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_NOTE = logging.getLogger(__name__)
FICHIER: Final = "ancres.jsonl"
NON_HORODATE: Final = "non horodaté"


class AncresAbimees(FauteSuivie):
    """Anchors that do not follow one another, or that a stamp belies; its message is for the operator."""

    suite = "Mettez ancres.jsonl à part, comparez-le aux courriels, puis : binome journal ancrer."


class Ancre(NamedTuple):
    """One line: the local day, the head of the journal and that of the register of erasures.

    `racine` is the root of the entries since the anchor before, and `annonce` what is published of the line:
    nothing for those written before there were roots. `jetons` are the stamps, by authority; `horodatee_le` is
    when the first of them attests it, None when there is none, or nothing to verify it by. `somme` is the
    line's own hash.
    """

    rang: int
    jour: date
    tete: tuple[int, str]
    effacements: tuple[int, str]
    racine: RacineAncree | None
    annonce: bytes
    jetons: dict[str, bytes]
    horodatee_le: datetime | None
    somme: str

    @property
    def horodatage(self) -> str:
        """The first stamp, in base 64, or that there is none."""
        premier = next(iter(self.jetons.values()), None)
        return NON_HORODATE if premier is None else base64.b64encode(premier).decode()


def chemin() -> Path:
    """Where the anchors are."""
    return Path(settings.ANCRES) / FICHIER


def _annoncer(valeurs: dict[str, Any]) -> tuple[RacineAncree | None, bytes]:
    """The root of a line without its stamps, and what is stamped of it: the line itself before there were roots."""
    contenu = json.dumps(valeurs).encode()
    if "racine" not in valeurs:
        return None, contenu
    une = RacineAncree(*valeurs["racine"])
    annonce = annoncer(
        une,
        jour=valeurs["jour"],
        instant=valeurs["instant"],
        autorites=valeurs["autorites"],
        cloture=hashlib.sha256(contenu).hexdigest(),
    )
    return une, annonce


def _lire_les_jetons(horodatage: object) -> dict[str, bytes]:
    if horodatage == NON_HORODATE:
        return {}
    # One authority alone, and no name, before there were roots.
    nommes = {"": horodatage} if isinstance(horodatage, str) else horodatage
    if not isinstance(nommes, dict):
        raise TypeError
    return {nom: base64.b64decode(jeton, validate=True) for nom, jeton in nommes.items()}


def _ligne(ligne: bytes, avant: Ancre | None, fiables: list[Certificate]) -> Ancre:
    """One line, its stamps verified when there are certificates to trust them by. Raises AncresAbimees."""
    rang = 1 if avant is None else avant.rang + 1
    try:
        valeurs: dict[str, Any] = json.loads(ligne)
        jetons = _lire_les_jetons(valeurs.pop("horodatage"))
        racine, stampe = _annoncer(valeurs)
        instant = datetime.fromisoformat(valeurs["instant"])
        precedente = ORIGINE if avant is None else avant.somme
        if valeurs["rang"] != rang or valeurs["precedente"] != precedente:
            raise ValueError
        if racine is not None and avant is not None and avant.racine is not None:
            _suivre(racine, avant.racine, avant.annonce)
        attestees = [
            attester(stampe, jeton, instant, fiables) for jeton in jetons.values() if fiables
        ]
        entrees, empreinte = valeurs["tete"]
        effaces, registre = valeurs["effacements"]
        return Ancre(
            rang=rang,
            jour=date.fromisoformat(valeurs["jour"]),
            tete=(int(entrees), str(empreinte)),
            effacements=(int(effaces), str(registre)),
            racine=racine,
            annonce=b"" if racine is None else stampe,
            jetons=jetons,
            horodatee_le=min(attestees, default=None),
            somme=somme(ligne),
        )
    except HorodatageFaux as erreur:
        raise AncresAbimees(f"{chemin()} : à la ligne {rang}, {erreur}.") from erreur
    except (ValueError, KeyError, TypeError, AttributeError) as erreur:
        raise AncresAbimees(
            f"{chemin()} : la ligne {rang} ne suit pas la précédente. "
            "Gardez ce fichier à part, et comparez-le aux ancres reçues par courriel."
        ) from erreur


def _suivre(une: RacineAncree, avant: RacineAncree, annonce: bytes) -> None:
    """Raises ValueError for a root that does not follow the one before."""
    attendus = (avant.numero + 1, avant.premier + avant.nombre, annonces.empreinte(annonce))
    if (une.numero, une.premier, une.precedente) != attendus:
        raise ValueError


def _lire(contenu: bytes, fiables: list[Certificate]) -> list[Ancre]:
    ancres: list[Ancre] = []
    for ligne in contenu.split(b"\n")[:-1]:
        ancres.append(_ligne(ligne, ancres[-1] if ancres else None, fiables))
    return ancres


def lire() -> list[Ancre]:
    """Every anchor kept, in order. Raises AncresAbimees, OSError."""
    return _lire(octets(chemin()), racines())


def derniere() -> Ancre | None:
    """The last anchor kept, its stamp not verified again. Raises AncresAbimees, OSError."""
    return next(reversed(_lire(octets(chemin()), [])), None)


def en_texte(tete: tuple[int, str]) -> str:
    """A head as `journal verifier` takes and gives it."""
    return f"{tete[0]}:{tete[1]}"


def _composer(rang: int, precedente: str, instant: datetime) -> bytes:
    """A line, stamped by the authorities that are configured and answer."""
    demandees = autorites()
    valeurs: dict[str, Any] = {
        "rang": rang,
        "jour": timezone.localdate(instant).isoformat(),
        "instant": instant.astimezone(UTC).isoformat(timespec="seconds"),
        "tete": chaine.tete(),
        "effacements": effacements.tete(),
        "racine": annonces.preparer(),
        "autorites": [une.nom for une in demandees],
        # Its hash is published: without this, who knows the journal a little could guess the rest of it.
        "sel": secrets.token_hex(32),
        "precedente": precedente,
    }
    _, annonce = _annoncer(valeurs)
    jetons = {}
    for une in demandees:
        try:
            jetons[une.nom] = base64.b64encode(horodater(annonce, instant, une)).decode()
        except HorodatageAbsent as erreur:
            _NOTE.warning("ancre non horodatée par %s : %s", une.nom, erreur)
    horodatage = jetons or NON_HORODATE
    return json.dumps({**valeurs, "horodatage": horodatage}, ensure_ascii=False).encode()


def poser_du_jour() -> Ancre | None:
    """Writes the anchor of the day; None when there is one. Raises as `poser` does."""
    with tenir(chemin()) as (fichier, contenu):
        gardees = _lire(contenu, [])
        _montrer(gardees)
        if gardees and gardees[-1].jour == timezone.localdate():
            return None
        posee = _ajouter(fichier, gardees)
    _montrer([posee])
    return posee


def poser() -> Ancre:
    """Writes an anchor now. An authority that is away does not stop it.

    Raises AncresAbimees (nothing is added to a file that was altered, or is of another database), OSError,
    DatabaseError.
    """
    with tenir(chemin()) as (fichier, contenu):
        gardees = _lire(contenu, [])
        _montrer(gardees)
        posee = _ajouter(fichier, gardees)
    _montrer([posee])
    return posee


def _montrer(gardees: list[Ancre]) -> None:
    """Publishes the last root, once its anchor is on the disk; a kill may have come in between."""
    if gardees and gardees[-1].racine is not None:
        derniere = gardees[-1]
        try:
            annonces.publier(gardees[-1].racine, derniere.annonce, derniere.jetons)
        except RacinesRompues as erreur:
            raise AncresAbimees(str(erreur)) from erreur


def _ajouter(fichier: IO[bytes], gardees: list[Ancre]) -> Ancre:
    avant = gardees[-1] if gardees else None
    rang, precedente = (1, ORIGINE) if avant is None else (avant.rang + 1, avant.somme)
    try:
        ligne = _composer(rang, precedente, timezone.now())
    except RacinesRompues as erreur:
        raise AncresAbimees(str(erreur)) from erreur
    # Read before it is written: what would not follow is of another database.
    posee = _ligne(ligne, avant, [])
    fichier.write(ligne + b"\n")
    return posee
