"""The rows of a table as an import keeps them: their cells, which dossier each is about, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.bureau.colonnes import CLE, REFERENCE, colonnes
from binome.dossiers.receptions import EtatDeLigne, LigneImportee
from binome.echanges.colonnes import sans_casse
from binome.imports.reperes import Reperes, meme_ligne
from binome.imports.verifier import Lecteur
from binome.lots.erreurs import TravailImpossible
from binome.lots.masques import RangMasque, en_liste
from binome.regles.faits import Erreur

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from binome.echanges.entetes import Entetes
    from binome.imports.verifier import LigneVerifiee


class LignesMasquees(TravailImpossible):
    """The sheet hides rows, and nobody said whether they are to be taken."""


def comme_avant(entetes: Entetes, certification: str) -> str:
    """How the headings that nobody knows are read, when what was answered last time holds."""
    connues = colonnes(certification).par_nom
    dits = []
    for titre in entetes.titres:
        nom = entetes.choisies.get(sans_casse(titre))
        if nom is not None:
            quoi = f"est lue comme « {connues[nom].titre} »" if nom else "n’est pas lue"
            dits.append(f"« {titre[:40]} » {quoi}")
    return f"Comme la dernière fois : {' ; '.join(dits)}."


def sans_masquees(
    lignes: Iterable[tuple[int, dict[str, str]]], *, laisser: bool
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that the sheet shows. Raises LignesMasquees when it hides some, unless they are to be left."""
    masques: list[int] = []
    for numero, cellules in lignes:
        if isinstance(numero, RangMasque):
            masques.append(numero)
        else:
            yield numero, cellules
    if masques and not laisser:
        combien = "une ligne" if len(masques) == 1 else f"{len(masques)} lignes"
        raise LignesMasquees(
            f"Votre fichier masque {combien}, à la main ou par un filtre ({en_liste(masques)}). Dites "
            "ce qu’il faut en faire, puis envoyez-le."
        )


def lire_les_rangs(
    lignes: Iterable[tuple[int, Mapping[str, str]]], certification: str, organisme: int
) -> list[LigneImportee]:
    """Every row, good or not; two about one dossier are told."""
    lecteur = Lecteur(certification)
    # What a row says is read again when its dossier is made: kept for all of them, it would only cost memory.
    lues = [
        (int(numero), cellules, lecteur.lire(cellules)._replace(identite={}, faits={}))
        for numero, cellules in lignes
    ]
    reperes = Reperes(organisme, (lue for _, _, lue in lues))
    vues: dict[Hashable, int] = {}
    rangs = []
    for numero, cellules, lue in lues:
        rang = poser(LigneImportee(numero=numero), cellules, lue, reperes)
        if rang.cle:
            deja = vues.setdefault(meme_ligne(rang.dossier_id, rang.cle), numero)
            if deja != numero:
                refuser(rang, double(rang, deja))
        rangs.append(rang)
    return rangs


def double(rang: LigneImportee, numero: int) -> Erreur:
    """A row about whom another row is about already."""
    nom = CLE if rang.cellules.get(CLE) else REFERENCE
    quoi = "cette clé est déjà celle" if nom == CLE else "cette référence est déjà celle"
    return Erreur(nom, rang.cle[:40], f"{quoi} de la ligne {numero}")


def poser(
    rang: LigneImportee, cellules: Mapping[str, str], lue: LigneVerifiee, reperes: Reperes
) -> LigneImportee:
    """A row as it was read: its cells, which dossier it is about, what is wrong with it."""
    rang.cle, rang.cellules = lue.cle or lue.reference, dict(cellules)
    rang.dossier_id = reperes.dossier_de(lue)
    rang.erreurs, rang.etat = [], EtatDeLigne.BONNE
    refuser(rang, *lue.erreurs, *reperes.fautes(lue))
    return rang


def refuser(rang: LigneImportee, *erreurs: Erreur) -> None:
    """Adds to what is wrong with a row, which is then to be mended."""
    rang.erreurs = [*rang.erreurs, *(une._asdict() for une in erreurs)]
    if rang.erreurs:
        rang.etat = EtatDeLigne.A_MENDER
