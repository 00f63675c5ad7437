"""The anchors: the head of the journal, written down each day outside the database.

Who owns the database may cut its journal or forge it again, head included. The anchors of the days before
show it. Lines are chained, so that one changed, removed or put in between is seen too.
"""

from __future__ import annotations

import base64
import json
import logging
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from binome.journal import chaine, effacements
from binome.journal.fichier_chaine import ORIGINE, octets, somme, tenir
from binome.journal.horodatage import HorodatageAbsent, HorodatageFaux, attester, horodater, racines
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

    `horodatage` is the authority's stamp in base 64, or says that there is none; `horodatee_le` is when the
    authority attests it, None when there is no stamp, or nothing to verify it by. `somme` is the line's own hash.
    """

    rang: int
    jour: date
    tete: tuple[int, str]
    effacements: tuple[int, str]
    horodatage: str
    horodatee_le: datetime | None
    somme: str


def chemin() -> Path:
    """Where the anchors are."""
    return Path(settings.ANCRES) / FICHIER


def _ligne(ligne: bytes, rang: int, precedente: str, fiables: list[Certificate]) -> Ancre:
    """One line, its stamp verified when there are certificates to trust it by. Raises AncresAbimees."""
    try:
        valeurs: dict[str, Any] = json.loads(ligne)
        horodatage = valeurs.pop("horodatage")
        contenu = json.dumps(valeurs).encode()
        instant = datetime.fromisoformat(valeurs["instant"])
        if valeurs["rang"] != rang or valeurs["precedente"] != precedente:
            raise ValueError
        attestee = None
        if horodatage != NON_HORODATE:
            jeton = base64.b64decode(horodatage, validate=True)
            attestee = attester(contenu, jeton, instant, fiables) if fiables else None
        entrees, empreinte = valeurs["tete"]
        effaces, registre = valeurs["effacements"]
        return Ancre(
            rang=rang,
            jour=date.fromisoformat(valeurs["jour"]),
            tete=(int(entrees), str(empreinte)),
            effacements=(int(effaces), str(registre)),
            horodatage=horodatage,
            horodatee_le=attestee,
            somme=somme(ligne),
        )
    except HorodatageFaux as erreur:
        raise AncresAbimees(f"{chemin()} : à la ligne {rang}, {erreur}.") from erreur
    except (ValueError, KeyError, TypeError, AttributeError) as erreur:
        raise AncresAbimees(
            f"{chemin()} : la ligne {rang} ne suit pas la précédente. "
            "Gardez ce fichier à part, et comparez-le aux ancres reçues par courriel."
        ) from erreur


def _lire(contenu: bytes, fiables: list[Certificate]) -> list[Ancre]:
    ancres: list[Ancre] = []
    precedente = ORIGINE
    for rang, ligne in enumerate(contenu.split(b"\n")[:-1], start=1):
        ancres.append(_ligne(ligne, rang, precedente, fiables))
        precedente = ancres[-1].somme
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
    """A line, stamped when an authority is configured and answers."""
    valeurs: dict[str, Any] = {
        "rang": rang,
        "jour": timezone.localdate(instant).isoformat(),
        "instant": instant.astimezone(UTC).isoformat(timespec="seconds"),
        "tete": chaine.tete(),
        "effacements": effacements.tete(),
        "precedente": precedente,
    }
    horodatage = NON_HORODATE
    if settings.HORODATAGE:
        try:
            jeton = horodater(json.dumps(valeurs).encode(), instant)
            horodatage = base64.b64encode(jeton).decode()
        except HorodatageAbsent as erreur:
            _NOTE.warning("ancre non horodatée : %s", erreur)
    return json.dumps({**valeurs, "horodatage": horodatage}, ensure_ascii=False).encode()


def poser_du_jour() -> Ancre | None:
    """Writes the anchor of the day; None when there is one. Raises as `poser` does."""
    with tenir(chemin()) as (fichier, contenu):
        ancres = _lire(contenu, [])
        if ancres and ancres[-1].jour == timezone.localdate():
            return None
        return _ajouter(fichier, ancres)


def poser() -> Ancre:
    """Writes an anchor now. An authority that is away does not stop it.

    Raises AncresAbimees (nothing is added to a file that was altered), OSError, DatabaseError.
    """
    with tenir(chemin()) as (fichier, contenu):
        return _ajouter(fichier, _lire(contenu, []))


def _ajouter(fichier: IO[bytes], ancres: list[Ancre]) -> Ancre:
    rang, precedente = len(ancres) + 1, ancres[-1].somme if ancres else ORIGINE
    ligne = _composer(rang, precedente, timezone.now())
    fichier.write(ligne + b"\n")
    return _ligne(ligne, rang, precedente, [])
