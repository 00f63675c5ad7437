"""The proof of an entry: what it says, its salt, and its way up to the root that was published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.journal import annonces, arbre, chaine
from binome.journal.feuilles import Sels, couper, feuille_de, sujets
from binome.journal.models import Entree, Racine
from binome.journal.secrets import oublies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VERIFIEUR: Final = "verifier_une_preuve.py"
"""The name of the stand-alone verifier, beside this file."""


class PreuveImpossible(Exception):
    """An entry that is not what was published; its message is for the operator."""


class Preuves(NamedTuple):
    """The proofs of some entries, and those whose root is still to come."""

    preuves: list[dict[str, Any]]
    en_attente: list[int]

    def en_json(self) -> str:
        """The one text that the verifier takes."""
        valeurs = {"version": annonces.VERSION, "preuves": self.preuves}
        return chaine.canonique(valeurs)


def verifieur() -> Path:
    """Where the stand-alone verifier is."""
    return Path(__file__).with_name(VERIFIEUR)


def prouver(entrees: Iterable[Entree]) -> Preuves:
    """The proof of each entry. Raises PreuveImpossible where one is not what was published, DatabaseError."""
    toutes = list(entrees)
    sels = Sels()
    effaces = oublies(un for entree in toutes for un in sujets(entree))
    sels.apprendre(un for entree in toutes for un in sujets(entree))
    preuves, en_attente = [], []
    racine: Racine | None = None
    feuilles: list[bytes] = []
    etages: list[Sequence[bytes]] = []
    for entree in toutes:
        if racine is None or not _tient(racine, entree.rang):
            racine = annonces.racine_de(entree.rang)
            feuilles = [] if racine is None else couper(racine.feuilles)
            etages = arbre.etages(feuilles)
        if racine is None:
            en_attente.append(entree.rang)
            continue
        place = entree.rang - racine.premier
        sel = sels.de(entree)
        lisible = feuille_de(entree, sel) == feuilles[place]
        if not lisible and not sujets(entree) & effaces:
            raise PreuveImpossible(
                f"L’entrée {entree.rang} n’est pas celle qui a été publiée dans l’annonce {racine.numero}."
            )
        preuves.append(
            {
                "rang": entree.rang,
                "numero": racine.numero,
                "place": place,
                "feuille": feuilles[place].hex(),
                "chemin": [un.hex() for un in arbre.chemin(etages, place)],
                "sel": sel.hex() if lisible else None,
                "entree": chaine.contenu(entree) if lisible else None,
            }
        )
    return Preuves(preuves, en_attente)


def _tient(racine: Racine, rang: int) -> bool:
    return racine.premier <= rang < racine.premier + racine.nombre


def publiees() -> str:
    """Everything that is published, as the verifier takes it."""
    toutes = Racine.objects.exclude(annonce="").order_by("numero").defer("feuilles")
    return chaine.canonique(
        {
            "version": annonces.VERSION,
            "annonces": [
                {
                    "annonce": une.annonce,
                    "empreinte": une.empreinte,
                    "jetons": annonces.jetons_en_texte(une),
                }
                for une in toutes.prefetch_related("jetons")
            ],
        }
    )
