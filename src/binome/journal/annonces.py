"""What is published of a root: a text without a name, chained to the one before, that authorities stamp."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any, Final, NamedTuple

from django.db import transaction

from binome.journal import arbre, chaine
from binome.journal.feuilles import couper, feuilles
from binome.journal.models import Jeton, Racine

VERSION: Final = 1
"""Of the form of an announcement."""


class RacinesRompues(Exception):
    """Roots of the database that are not those of the anchors; its message is for the operator."""


class RacineAncree(NamedTuple):
    """What an anchor holds of a root: its number, its entries, and the hash of the announcement before."""

    numero: int
    premier: int
    nombre: int
    racine: str
    precedente: str


def annoncer(
    une: RacineAncree, *, jour: str, instant: str, autorites: list[str], cloture: str
) -> bytes:
    """The announcement, byte for byte. `cloture` is the hash of the anchor, which nobody can guess."""
    valeurs: dict[str, Any] = {
        "version": VERSION,
        "numero": une.numero,
        "jour": jour,
        "instant": instant,
        "premier": une.premier,
        "nombre": une.nombre,
        "racine": une.racine,
        "autorites": autorites,
        "cloture": cloture,
        "precedente": une.precedente,
    }
    return chaine.canonique(valeurs).encode()


def empreinte(annonce: bytes) -> str:
    """The SHA-256 of an announcement, which the next one holds, and which a stranger keeps."""
    return hashlib.sha256(annonce).hexdigest()


def preparer() -> RacineAncree:
    """Makes the root of the entries since the last one announced; kept before anything tells of it.

    One that a kill left unannounced is made again: nobody saw it. Raises DatabaseError, RacinesRompues.
    """
    fin, _ = chaine.tete()
    derniere = Racine.objects.exclude(annonce="").order_by("-numero").defer("feuilles").first()
    numero, premier, precedente = 1, 1, chaine.ORIGINE
    if derniere is not None:
        numero, precedente = derniere.numero + 1, derniere.empreinte
        premier = derniere.premier + derniere.nombre
    toutes = b"".join(feuilles(premier, fin))
    coupees = couper(toutes)
    # A journal that was cut has none to tell of: the anchors before say it, and this one all the same is laid.
    if len(coupees) != max(fin - premier + 1, 0):
        raise RacinesRompues(
            f"Des entrées manquent entre la {premier} et la {fin} : binome journal verifier."
        )
    racine = arbre.racine(coupees).hex()
    with transaction.atomic():
        Racine.objects.filter(annonce="").delete()
        Racine.objects.create(
            numero=numero, premier=premier, nombre=len(coupees), racine=racine, feuilles=toutes
        )
    return RacineAncree(numero, premier, len(coupees), racine, precedente)


@transaction.atomic
def publier(une: RacineAncree, annonce: bytes, jetons: dict[str, bytes]) -> bool:
    """Shows what an anchor holds; False when it is shown already. Raises RacinesRompues."""
    en_base = Racine.objects.filter(numero=une.numero).defer("feuilles").first()
    texte = annonce.decode()
    if en_base is not None and en_base.annonce == texte:
        return False
    attendue = (une.premier, une.nombre, une.racine)
    if (
        en_base is None
        or en_base.annonce
        or (en_base.premier, en_base.nombre, en_base.racine) != attendue
    ):
        raise RacinesRompues(
            f"La racine {une.numero} des ancres n’est pas celle de la base : lisez docs/journal.md."
        )
    Racine.objects.filter(pk=une.numero).update(annonce=texte, empreinte=empreinte(annonce))
    Jeton.objects.bulk_create(
        Jeton(racine_id=une.numero, autorite=autorite, contenu=contenu)
        for autorite, contenu in jetons.items()
    )
    return True


def verifier(annonces: dict[int, bytes]) -> None:
    """Every root kept is that of its leaves, follows the one before, and is the one of its anchor.

    `annonces` are those that anchors hold, by number. Raises RacinesRompues.
    """
    precedente, suivant = chaine.ORIGINE, 1
    lues = Racine.objects.exclude(annonce="").order_by("numero").iterator(4)
    for numero, une in enumerate(lues, start=1):
        texte = une.annonce.encode()
        coupees = couper(une.feuilles)
        tient = (
            une.numero == numero
            and une.premier == suivant
            and une.nombre == len(coupees)
            and une.racine == arbre.racine(coupees).hex()
            and une.empreinte == empreinte(texte)
            and f'"precedente":"{precedente}"' in une.annonce
            and f'"racine":"{une.racine}"' in une.annonce
            and annonces.get(numero, texte) == texte
        )
        if not tient:
            raise RacinesRompues(f"La racine {numero} n’est pas telle qu’elle a été publiée.")
        precedente, suivant = une.empreinte, suivant + une.nombre
    connus = set(Racine.objects.values_list("numero", flat=True))
    # One that a kill left between its anchor and here is there, and shown by the next pass of the jobs.
    if manquent := sorted(annonces.keys() - connus):
        raise RacinesRompues(f"La racine {manquent[0]} des ancres n’est plus dans la base.")


def racine_de(rang: int) -> Racine | None:
    """The root announced that holds an entry; None while it is to come."""
    annoncees = Racine.objects.exclude(annonce="").filter(premier__lte=rang, nombre__gt=0)
    une = annoncees.order_by("-premier").first()
    return une if une is not None and rang < une.premier + une.nombre else None


def jetons_en_texte(une: Racine) -> dict[str, list[str]]:
    """The stamps of a root, by authority: in base 64, and the hash of that text.

    An authority signs the announcement, not every byte around its signature: the hash holds those.
    """
    textes = {un.autorite: base64.b64encode(bytes(un.contenu)) for un in une.jetons.all()}
    return {nom: [texte.decode(), empreinte(texte)] for nom, texte in textes.items()}


def muettes(une: Racine) -> list[str]:
    """The authorities that were asked to date a root, and did not."""
    demandees = json.loads(une.annonce)["autorites"]
    return sorted(set(demandees) - {un.autorite for un in une.jetons.all()})
