"""A lot of dossiers in a table: good rows decided together, bad rows named one by one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.cli import MACHINE_INCOMPLETE, SUITE_ECARTEE
from binome.cli.affichage import console
from binome.cli.erreurs import Refus
from binome.cli.tableaux import ecrire_tableau, lire_tableau, verifier_sortie
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

    import polars as pl

    from binome.regles.base import Base
    from binome.regles.faits import Dossier, Fait, Valeur

REFERENCE: Final = "reference"
"""A column that only names the row: it goes through to the result unread."""


@dataclass(frozen=True, slots=True)
class LigneLue:
    """One row: its number in the file, its reference, and the dossier or what is wrong with it."""

    numero: int
    reference: str
    dossier: Dossier
    erreurs: tuple[Erreur, ...]

    def en_clair(self) -> str:
        """The mistakes of the row on one line: column, value, reason."""
        details = " ; ".join(
            f"colonne {e.cle}, valeur « {e.valeur} », {e.raison}" for e in self.erreurs
        )
        return f"ligne {self.numero} : {details}"


class _Colonne:
    """Reads the cells of one column; the same text is read once."""

    def __init__(self, fait: Fait) -> None:
        self._fait = fait
        self._lus: dict[str, Valeur | Erreur | None] = {}

    def lire(self, texte: str) -> Valeur | Erreur | None:
        try:
            return self._lus[texte]
        except KeyError:
            lu = self._lus[texte] = self._lire(texte)
            return lu

    def _lire(self, texte: str) -> Valeur | Erreur | None:
        try:
            return lire_valeur(self._fait, lire_texte(self._fait, texte))
        except ValueError as refus:
            return Erreur(self._fait.nom, texte.strip()[:40], str(refus))


def _verifier_entetes(entetes: list[str], base: Base, chemin: Path) -> None:
    connues = [*base.faits, REFERENCE]
    inconnues = [entete for entete in entetes if entete not in connues]
    if inconnues:
        raise Refus(
            f"{chemin} : la colonne « {entete[:40]} » n’existe pas{plus_proche(entete, connues)}"
            for entete in inconnues
        )
    if entetes == [REFERENCE]:
        raise Refus(f"{chemin} : aucune colonne ne porte un fait du dossier")


def lire_lot(chemin: Path, base: Base) -> Iterator[LigneLue]:
    """Every row of a table, read and checked. Raises Refus when the table as a whole is unusable."""
    entetes, lignes = lire_tableau(chemin)
    _verifier_entetes(entetes, base, chemin)
    colonnes = [None if nom == REFERENCE else _Colonne(base.faits[nom]) for nom in entetes]
    vide = dict.fromkeys(base.faits)
    for numero, ligne in lignes:
        dossier: Dossier = dict(vide)
        erreurs: list[Erreur] = []
        reference = ""
        if len(ligne) > len(entetes) and any(ligne[len(entetes) :]):
            texte = ligne[len(entetes)][:40]
            erreurs.append(Erreur("(en trop)", texte, "la ligne a plus de cellules que l’en-tête"))
        for nom, colonne, texte in zip(entetes, colonnes, ligne, strict=False):
            if colonne is None:
                reference = texte
                continue
            valeur = colonne.lire(texte)
            if isinstance(valeur, Erreur):
                erreurs.append(valeur)
            else:
                dossier[nom] = valeur
        if not erreurs:
            erreurs = verifier_coherences(dossier, base.coherences)
        yield LigneLue(numero, reference, dossier, tuple(erreurs))


def trier(lignes: Iterable[LigneLue]) -> tuple[list[LigneLue], int]:
    """The good rows, and how many were bad; each bad one is told on standard error, on one line."""
    bonnes: list[LigneLue] = []
    ecartees = 0
    for ligne in lignes:
        if ligne.erreurs:
            ecartees += 1
            sys.stderr.write(f"{ligne.en_clair()}\n")
        else:
            bonnes.append(ligne)
    return bonnes, ecartees


def en_frame(lignes: list[LigneLue], base: Base) -> pl.DataFrame:
    """The good rows as columns of facts."""
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    types: dict[str, Any] = {
        "date": pl.Date,
        "entier": pl.Int64,
        "choix": pl.String,
        "liste": pl.String,
    }
    colonnes = [pl.Series("ligne", [ligne.numero for ligne in lignes], pl.Int64)]
    if any(ligne.reference for ligne in lignes):
        colonnes.append(pl.Series(REFERENCE, [ligne.reference for ligne in lignes], pl.String))
    for fait in base.faits.values():
        valeurs: list[Any] = [ligne.dossier[fait.nom] for ligne in lignes]
        if fait.type == "liste":
            valeurs = [None if v is None else ";".join(sorted(v)) for v in valeurs]
        colonnes.append(pl.Series(fait.nom, valeurs, types[fait.type]))
    return pl.DataFrame(colonnes)


def decider(frame: pl.DataFrame, base: Base) -> pl.DataFrame:
    """One row of decision per row of facts: route, hours, alerts, the base that decided."""
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    from binome.regles.lot import COLONNES, codes_d_alerte, decider_lot  # noqa: PLC0415

    decide: pl.DataFrame = decider_lot(frame, base, alertes=True)
    codes = list(codes_d_alerte(base))
    levees = pl.concat_list(
        pl.when(pl.col(f"alerte:{code}")).then(pl.lit(code)) for code in codes
    ).list.drop_nulls()
    return decide.select(
        "ligne",
        *([REFERENCE] if REFERENCE in decide.columns else []),
        pl.col("date_entree").alias("au"),
        *COLONNES,
        levees.list.join(";").alias("alertes"),
        pl.lit(base.empreinte).alias("base"),
    )


def positionner_lot(chemin: Path, sortie: Path, base: Base) -> int:
    """Decides a whole table and writes the result; gives back the exit code.

    Raises Refus when nothing can be read or written.
    """
    try:
        import polars  # noqa: F401, PLC0415 - told now rather than after the reading
    except ImportError as erreur:
        msg = "lot : le moteur par lots n’est pas installé ; installez « binome[lot] »"
        raise Refus(msg, MACHINE_INCOMPLETE) from erreur
    verifier_sortie(sortie, [chemin])
    bonnes, ecartees = trier(_avec_progression(lire_lot(chemin, base)))
    if not bonnes:
        raise Refus(f"{chemin} : aucune ligne lisible ; rien n’a été écrit")
    ecrire_tableau(decider(en_frame(bonnes, base), base), sortie)
    phrase = f"Lignes positionnées dans {sortie} : {len(bonnes)}"
    sys.stderr.write(f"{phrase}, lignes écartées : {ecartees}.\n")
    return SUITE_ECARTEE if ecartees else 0


def _avec_progression(lignes: Iterable[LigneLue]) -> Iterable[LigneLue]:
    """The same rows, with a bar on the terminal when there is one."""
    ecran = console(erreur=True)
    if not ecran.is_terminal:
        return lignes
    from rich.progress import track  # noqa: PLC0415 - terminals only

    return track(lignes, description="Lecture des dossiers", console=ecran, transient=True)
