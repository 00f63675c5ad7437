"""The ledger of discrepancies as its page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from binome.regles.courante import base_courante
from binome.regles.ecarts import CERTITUDES, ecarts
from binome.regles.regle import Alerte
from binome.site.regles.saisie import trouve

if TYPE_CHECKING:
    from binome.regles.ecarts import Ecart
    from binome.regles.regle import Regle


class EcartMontre(NamedTuple):
    """A discrepancy, and the rule that warns of it (None when it touches no answer)."""

    ecart: Ecart
    alerte: Regle | None


class Onglet(NamedTuple):
    """A kind of discrepancies, how many there are, and whether the page shows it."""

    code: str
    titre: str
    nombre: int
    ici: bool


class Famille(NamedTuple):
    """The discrepancies of one kind."""

    code: str
    titre: str
    ecarts: tuple[EcartMontre, ...]


def _parle_de(ecart: Ecart, recherche: str) -> bool:
    lectures = [str(un.valeur) for un in ecart.lectures]  # the ledger may hold a bare number
    sources = [c.source.titre for un in ecart.lectures for c in un.sources]
    certitude = CERTITUDES[ecart.certitude]
    return trouve(recherche, ecart.sujet, ecart.traitement, certitude, *lectures, *sources)


def onglets(choisie: str) -> list[Onglet]:
    """Every kind, with its number."""
    return [
        Onglet(code, titre, sum(un.certitude == code for un in ecarts()), code == choisie)
        for code, titre in CERTITUDES.items()
    ]


def familles(recherche: str = "", certitude: str = "") -> list[Famille]:
    """The discrepancies that speak of the words searched for, by kind, or of one kind only."""
    regles = base_courante().entiere.regles.values()
    alertes = {un.effet.code: un for un in regles if isinstance(un.effet, Alerte)}
    resultat = []
    for code, titre in CERTITUDES.items():
        if certitude not in ("", code):
            continue
        retenus = tuple(
            EcartMontre(un, alertes.get(un.alerte))
            for un in ecarts()
            if un.certitude == code and _parle_de(un, recherche)
        )
        if retenus:
            resultat.append(Famille(code, titre, retenus))
    return resultat
