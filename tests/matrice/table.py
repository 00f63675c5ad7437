"""The matrix read from its table, and every route that the program has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, get_resolver

from binome.api.document import openapi

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).with_name("matrice.txt")
MEMBRES = ("espace/", "compte/")
ECRITES = (*MEMBRES, "signer/")
"""Where a route may be written to: it needs a line for POST too."""


@dataclass(frozen=True)
class Ligne:
    """One method of one address, and the status that each role must get."""

    methode: str
    adresse: str
    attendus: dict[str, int]
    partout: bool
    defi: bool = False
    """Written `GET*`: it keeps a challenge in the session of who asks, as passkeys and ProConnect must."""

    @property
    def memes(self) -> bool:
        """Whether what is refused there is the method: to every member alike, before who they are is read."""
        return {statut for role, statut in self.attendus.items() if role != "anonyme"} == {405}

    def __str__(self) -> str:
        return f"{self.methode} {self.adresse or '/'}"


def lire() -> tuple[tuple[str, ...], list[Ligne]]:
    """The roles, then the lines. Raises ValueError for a line that is not one."""
    roles: tuple[str, ...] = ()
    lignes = []
    for rang, texte in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        mots = texte.split("#", 1)[0].split()
        if not mots:
            continue
        if not roles:
            roles = tuple(mots)
            continue
        methode, adresse, *statuts = mots
        partout = len(statuts) == 1
        if not partout and len(statuts) != len(roles):
            raise ValueError(f"ligne {rang} : {len(statuts)} statuts pour {len(roles)} rôles")
        attendus = dict(zip(roles, map(int, statuts * (len(roles) if partout else 1)), strict=True))
        adresse = "" if adresse == "/" else adresse
        lignes.append(
            Ligne(methode.rstrip("*"), adresse, attendus, partout, defi=methode.endswith("*"))
        )
    return roles, lignes


def _parcourir(noeud: URLResolver, avant: str = "") -> Iterator[str]:
    for motif in noeud.url_patterns:
        adresse = avant + str(motif.pattern)
        if isinstance(motif, URLPattern):
            yield adresse
        else:
            yield from _parcourir(motif, adresse)


def exigees() -> set[tuple[str, str]]:
    """Every method and address that the table must tell of."""
    adresses = set(_parcourir(get_resolver()))
    fixes = {("GET", une) for une in adresses}
    ecrites = {("POST", une) for une in adresses if une.startswith(ECRITES)}
    operations = {
        (methode.upper(), chemin.removeprefix("/").replace("{", "<").replace("}", ">"))
        for chemin, dit in openapi()["paths"].items()
        for methode in dit
    }
    return fixes | ecrites | operations
