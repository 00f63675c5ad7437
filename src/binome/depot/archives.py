"""An archive of documents, read behind the wall: its files, or why it is refused whole."""

from __future__ import annotations

import json
from typing import IO, Final, NamedTuple

from binome.cloison.bornes import MO, Bornes
from binome.cloison.lancement import Tombe, lancer
from binome.depot.archive import DEPLIE, FICHIERS

OCTETS: Final = 20 * 2**20
"""Bytes of an archive."""
BORNES: Final = Bornes(memoire=500 * MO, calcul=15, duree=30, sortie=DEPLIE + 2**20)
REFUS: Final = {
    "lourd": "Ce ZIP dépasse 20 Mo. Faites-en plusieurs, une partie des personnes dans chacun.",
    "abime": "Ce n’est pas un ZIP lisible, ou il est abîmé. Faites-le de nouveau, puis envoyez-le.",
    "chiffre": "Ce ZIP demande un mot de passe. Faites-le sans, puis envoyez-le.",
    "methode": "Ce ZIP est compressé d’une façon que nous ne lisons pas. Faites-le avec les outils de votre ordinateur.",
    "chemin": "Ce ZIP contient des chemins qui mènent hors de lui. Faites-en un nouveau avec les fichiers seuls.",
    "bombe": "Une fois déplié, ce ZIP dépasse 60 Mo. Faites-en plusieurs, une partie des personnes dans chacun.",
    "trop": f"Ce ZIP contient plus de {FICHIERS} fichiers. Faites-en plusieurs, une partie des personnes dans chacun.",
    "vide": "Ce ZIP ne contient aucun fichier.",
}
"""For each reason, what the person reads."""


class ArchiveRefusee(Exception):
    """An archive that is not taken; its message is for the person, `code` names the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(REFUS[code])
        self.code = code


class Membre(NamedTuple):
    """A file of an archive: its name with its folders, its size, and its bytes when they were asked for."""

    nom: str
    octets: int
    contenu: bytes = b""


def lire_archive(fichier: IO[bytes], *, contenus: bool = False) -> list[Membre]:
    """The files of an archive. Raises ArchiveRefusee, CloisonPleine."""
    fichier.seek(0, 2)
    if fichier.tell() > OCTETS:
        raise ArchiveRefusee("lourd")
    fichier.seek(0)
    octets = fichier.read()
    try:
        sortie = lancer(
            "binome.depot.archive", "contenus" if contenus else "noms", entree=octets, bornes=BORNES
        )
    except Tombe:
        raise ArchiveRefusee("abime") from None
    with sortie:
        return _membres(sortie, contenus=contenus)


def _membres(sortie: IO[bytes], *, contenus: bool) -> list[Membre]:
    lus: list[Membre] = []
    while ligne := sortie.readline():
        dit = json.loads(ligne)
        if "refus" in dit:
            raise ArchiveRefusee(dit["refus"] if dit["refus"] in REFUS else "abime")
        if "fin" in dit:
            return lus
        contenu = sortie.read(dit["octets"]) if contenus else b""
        lus.append(Membre(dit["nom"], dit["octets"], contenu))
    raise ArchiveRefusee("abime")
