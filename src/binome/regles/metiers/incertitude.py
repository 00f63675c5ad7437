"""The hours of an answer that may still come off: which modules, how many minutes, and what they hang on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.regles.conditions import AConfirmer, parcourir
from binome.regles.manquants import inconnus
from binome.regles.metiers.heures import regles_acquerant, regles_dispensant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.regles.metiers.positionnement import Positionnement
    from binome.regles.referentiels import Module
    from binome.regles.regle import Regle


@dataclass(frozen=True, slots=True)
class HeuresIncertaines:
    """A module counted as to follow, that an answer or somebody else may still take off.

    `faits` are the answers it hangs on; none where only somebody else can say, and `aupres` is then who.
    """

    module: Module
    minutes: int
    faits: tuple[str, ...]
    aupres: str


def _de_qui(regles: Iterable[Regle]) -> str:
    noeuds = (noeud for regle in regles for noeud in parcourir(regle.si))
    return next((noeud.aupres for noeud in noeuds if isinstance(noeud, AConfirmer)), "")


def heures_incertaines(reponse: Positionnement) -> Iterator[HeuresIncertaines]:
    """Each module of a certification that may still come off, in the order of its référentiel.

    What no answer can change any more is not there: a fact that is unknown and no longer matters hangs nothing.
    """
    base, referentiel = reponse.base, reponse.referentiel
    if reponse.genre != "certification" or referentiel is None:
        return
    dossier, etabli = reponse.conclusion.dossier, reponse.conclusion.etabli
    attendus, reserves = reponse.manquants, {un.regle for un in reponse.reserves}
    if not attendus and not reserves:
        return
    for un in reponse.modules:
        if un.statut != "a_suivre" or not un.module.minutes:
            continue
        noms = (
            *regles_acquerant(base, un.module),
            *regles_dispensant(base, referentiel, un.module),
        )
        ouvertes = [base.regles[nom] for nom in noms if etabli.verites.get(nom, False) is None]
        lus = {nom for une in ouvertes for nom in inconnus(base).de_la_regle(une, dossier, etabli)}
        faits = tuple(nom for nom in attendus if nom in lus)
        tenues = [une for une in ouvertes if une.id in reserves]
        if faits or tenues:
            yield HeuresIncertaines(un.module, un.module.minutes, faits, _de_qui(tenues))
