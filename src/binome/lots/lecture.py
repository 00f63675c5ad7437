"""Reads a table of dossiers: each row checked, good or bad, told one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from binome.lots.avis import ne_rien_dire
from binome.lots.erreurs import TravailImpossible
from binome.lots.formules import sans_reponse
from binome.lots.tableaux import lire_tableau
from binome.pliage import plier
from binome.regles.faits import (
    Erreur,
    lire_texte,
    lire_valeur,
    plus_proche,
    verifier_coherences,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from binome.lots.avis import Dire
    from binome.regles.base import Base
    from binome.regles.faits import DefinitionDeFait, Dossier, Valeur

REFERENCE: Final = "reference"
"""A column that only names the row: it goes through to the result unread."""
NON_LUE: Final = ""
"""What a column is called that an export tells of a dossier and no answer depends on."""
RACONTEES: Final = (
    "Clé", "État", "Organisme", "Prénom", "Nom", "Nom de naissance", "Date de naissance",
    "Adresse électronique", "Téléphone", "Employeur", "SIRET ou RPPS", "Session souhaitée", "Ouvert le",
    "Déposé le", "Alertes", "Décision", "Voie", "Heures", "Heures dispensées", "Dispenses", "Décidé le",
    "Notifié le", "Réserve", "Raisons (codes)", "Dossier fictif", "Certification",
)  # fmt: skip
"""The headings of an export besides the facts: they are passed over, so that it is read as it came out."""
D_UN_EXPORT: Final = ("Référence", "État", "Dossier fictif")
"""The headings that tell an export: in any other table, a name or an address is a mistake, and is said to be one."""
INCONNUES: Final = 10
"""Unknown columns that are told, each with the nearest that is known."""


@dataclass(frozen=True, slots=True)
class LigneLue:
    """One row: its number in the file, its reference, and the dossier or what is wrong with it."""

    numero: int
    reference: str
    dossier: Dossier
    erreurs: tuple[Erreur, ...]

    def situee(self, dossier: Dossier) -> LigneLue:
        """The same row, with what was laid down besides."""
        return replace(self, dossier=dossier)

    def en_clair(self) -> str:
        """The mistakes of the row on one line: column, value, reason."""
        details = " ; ".join(
            f"colonne {e.cle}, valeur « {e.valeur} », {e.raison}" for e in self.erreurs
        )
        return f"ligne {self.numero} : {details}"


class _Colonne:
    """Reads the cells of one column; the same text is read once. An answer is its code, or its words as an export writes them."""

    def __init__(self, fait: DefinitionDeFait) -> None:
        self._fait = fait
        self._lus: dict[str, Valeur | Erreur | None] = {}
        self._mots: dict[str, str] = {
            plier(mots): code
            for code, mots in (
                *fait.valeurs.items(),
                *((str(n), dit) for n, dit in fait.reponses.items()),
            )
        }

    def lire(self, texte: str) -> Valeur | Erreur | None:
        try:
            return self._lus[texte]
        except KeyError:
            lu = self._lus[texte] = self._lire(texte)
            return lu

    def _lire(self, texte: str) -> Valeur | Erreur | None:
        if raison := sans_reponse(texte):
            return Erreur(self._fait.nom, texte.strip()[:40], raison)
        try:
            return lire_valeur(self._fait, lire_texte(self._fait, self._en_codes(texte)))
        except ValueError as refus:
            return Erreur(self._fait.nom, texte.strip()[:40], str(refus))

    def _en_codes(self, texte: str) -> str:
        """The same cell, each of its answers by its code; a semicolon parts them where there may be several."""
        morceaux = texte.split(";") if self._fait.type == "liste" else [texte]
        return ";".join(self._mots.get(plier(un), un) for un in morceaux)


def _par_leur_nom(entetes: list[str], base: Base) -> list[str]:
    """The headings, those of an export by the name of what they hold."""
    noms = {plier(fait.libelle): nom for nom, fait in base.faits.items() if not fait.interne}
    noms |= {plier("Référence"): REFERENCE}
    if {plier(une) for une in D_UN_EXPORT} <= set(map(plier, entetes)):
        noms |= {plier(une): NON_LUE for une in RACONTEES}
    return [
        entete if entete in base.faits else noms.get(plier(entete), entete) for entete in entetes
    ]


def _verifier_entetes(entetes: list[str], base: Base, nom: str) -> None:
    connues = [*(nom for nom, fait in base.faits.items() if not fait.interne), REFERENCE]
    inconnues = [entete for entete in entetes if entete not in (*connues, NON_LUE)]
    if inconnues:
        raise TravailImpossible(
            f"{nom} : la colonne « {entete[:40]} » n’existe pas{plus_proche(entete, connues)}"
            for entete in inconnues[:INCONNUES]
        )
    if set(entetes) <= {REFERENCE, NON_LUE}:
        raise TravailImpossible(f"{nom} : aucune colonne ne porte un fait du dossier")


def lire_lot(
    chemin: Path, base: Base, appele: str = "", dire: Dire = ne_rien_dire
) -> Iterator[LigneLue]:
    """Every row of a table, read and checked; messages call the file `appele`, or else its path.

    `dire` hears what its reader chose. Raises TravailImpossible when the table as a whole is unusable, CloisonPleine when many are read.
    """
    entetes, lignes = lire_tableau(chemin, appele, dire=dire)
    yield from lire_lignes(entetes, lignes, base, appele or str(chemin))


def lire_lignes(
    entetes: list[str], lignes: Iterable[tuple[int, list[str]]], base: Base, nom: str
) -> Iterator[LigneLue]:
    """Every row under these headers, checked. Raises TravailImpossible when a column is unknown."""
    entetes = _par_leur_nom(entetes, base)
    _verifier_entetes(entetes, base, nom)
    colonnes = [
        None if entete in (REFERENCE, NON_LUE) else _Colonne(base.faits[entete])
        for entete in entetes
    ]
    vide = dict.fromkeys(base.faits)
    for numero, ligne in lignes:
        dossier: Dossier = dict(vide)
        erreurs: list[Erreur] = []
        reference = ""
        if len(ligne) > len(entetes) and any(ligne[len(entetes) :]):
            texte = ligne[len(entetes)][:40]
            erreurs.append(Erreur("(en trop)", texte, "la ligne a plus de cellules que l’en-tête"))
        for entete, colonne, texte in zip(entetes, colonnes, ligne, strict=False):
            if colonne is None:
                reference = texte if entete == REFERENCE else reference
                continue
            valeur = colonne.lire(texte)
            if isinstance(valeur, Erreur):
                erreurs.append(valeur)
            else:
                dossier[entete] = valeur
        if not erreurs:
            erreurs = verifier_coherences(dossier, base.coherences)
            base.completer(dossier)
        yield LigneLue(numero, reference, dossier, tuple(erreurs))
