"""Before any timing, the same answers: a faster wrong answer is not a peer.

Binôme's scalar reading is the reference. Its own columnar readings and every peer answer the whole
grid; what takes milliseconds a dossier answers an even sample of it. Then the timed lot itself is
compared, dossier by dossier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bench.colonnes import (
    DATES,
    FAITS,
    INCONNU,
    MINUTES,
    REFERENTIELS,
    REPONSES,
    VOIES,
    ecrire,
    en_date,
    lire,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bench.meneur import Ouvrier

MONTREES: Final = 5
ECHANTILLON: Final = 1500


class Desaccord(Exception):
    """Two engines do not answer alike: nothing is timed."""


class Epreuve(NamedTuple):
    """A reading of an engine that must answer like the reference."""

    ouvrier: Ouvrier
    lecture: str
    nombre: int | None = None


def _phrase(nom: str, valeur: int) -> str:
    if nom in DATES:
        return "inconnue" if valeur == INCONNU else en_date(valeur).isoformat()
    if nom == "voie":
        return VOIES[valeur]
    if nom == "referentiel":
        return REFERENTIELS[valeur]
    return "inconnues" if nom in MINUTES and valeur < 0 else str(valeur)


def comparer(jeu: Path, attendu: Path, obtenu: Path, qui: str, nombre: int | None = None) -> int:
    """How many answers were compared. Raises Desaccord with the first differences."""
    colonnes_a = {nom: col[:nombre] for nom, col in lire(attendu, REPONSES).items()}
    colonnes_b = lire(obtenu, REPONSES)
    longueurs = {len(col) for col in (*colonnes_a.values(), *colonnes_b.values())}
    if len(longueurs) != 1:
        raise Desaccord(f"{qui} n’a pas répondu à tous les dossiers de {jeu.name}")
    if colonnes_a == colonnes_b:
        return longueurs.pop()
    attendues, obtenues = (zip(*une.values(), strict=True) for une in (colonnes_a, colonnes_b))
    lignes = zip(attendues, obtenues, strict=True)
    fautes = [rang for rang, (une, autre) in enumerate(lignes) if une != autre]
    faits = lire(jeu, FAITS)
    details = [f"{qui} diffère de Binôme sur {len(fautes)} dossiers de {jeu.name} :"]
    for rang in fautes[:MONTREES]:
        dossier = ", ".join(f"{nom} {_phrase(nom, faits[nom][rang])}" for nom in FAITS)
        ecarts = ", ".join(
            f"{nom} {_phrase(nom, colonnes_b[nom][rang])} au lieu de {_phrase(nom, col[rang])}"
            for nom, col in colonnes_a.items()
            if col[rang] != colonnes_b[nom][rang]
        )
        details.append(f"- {ecarts} ; dossier : {dossier}")
    raise Desaccord("\n".join(details))


def _repondre(ouvrier: Ouvrier, lecture: str, jeu: Path, nombre: int | None, vers: Path) -> None:
    ouvrier.ouvrir(lecture, jeu, nombre, nom="verification")
    ouvrier.repondre("verification", vers)
    ouvrier.fermer("verification")


def verifier(jeu: Path, reference: Epreuve, epreuves: list[Epreuve]) -> int:
    """Every reading against the reference, over a folder of dossiers; how many dossiers."""
    attendu = jeu.parent / f"{jeu.name}-attendu"
    _repondre(reference.ouvrier, reference.lecture, jeu, reference.nombre, attendu)
    nombre = len(lire(attendu, ("voie",))["voie"])
    for epreuve in epreuves:
        obtenu = jeu.parent / f"{jeu.name}-obtenu"
        _repondre(epreuve.ouvrier, epreuve.lecture, jeu, epreuve.nombre, obtenu)
        qui = f"{epreuve.ouvrier.nom} ({epreuve.lecture})"
        comparer(jeu, attendu, obtenu, qui, epreuve.nombre)
    return nombre


def echantillon(jeu: Path, vers: Path) -> None:
    """An even sample of a folder of dossiers."""
    noms = [chemin.name for chemin in jeu.iterdir()]
    colonnes = lire(jeu, noms)
    pas = max(1, len(colonnes[noms[0]]) // ECHANTILLON)
    ecrire(vers, {nom: colonne[::pas] for nom, colonne in colonnes.items()})
