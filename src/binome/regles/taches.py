"""The task catalogue: may an assistant do this? Found by a tolerant search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from binome.pliage import plier
from binome.regles.courante import base_courante, donnees_de
from binome.regles.lecture import BaseInvalide, lire_yaml
from binome.regles.sources import lire_citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.sources import Citation

StatutDeTache: TypeAlias = Literal["permise", "condition", "interdite", "contestee"]
STATUTS: Final[Mapping[StatutDeTache, str]] = {
    "permise": "permise",
    "condition": "permise sous condition",
    "interdite": "interdite",
    "contestee": "les sources divergent",
}
SEUIL: Final = 84  # below this likeness (out of 100), two words are not the same word
MOTS_VIDES: Final = frozenset(
    "a au aux avec ce ces dans de des du elle en est et faire fait il je la le les leur ma mes mon "
    "ne nous on ou par pas peut peux pour puis que qui sa se ses son sur te tu un une vos votre "
    "vous assistant assistante assistants medical medicale medicaux droit autorise".split()
)


VERBES_SANS_GESTE: Final = frozenset(
    "poser prendre donner mettre aider preparer realiser effectuer pratiquer assurer gerer suivre utiliser "
    "faire assister participer proposer".split()
)
"""Verbs that every gesture shares: alone, they find no task."""


@dataclass(frozen=True, slots=True)
class Tache:
    """A task a physician may think of entrusting, and the one-line answer."""

    code: str
    tache: str
    statut: StatutDeTache
    reponse: str
    condition: str
    mots: tuple[str, ...]
    sources: tuple[Citation, ...]


@cache
def taches() -> tuple[Tache, ...]:
    """The whole catalogue, in its order. Raises BaseInvalide on an unknown status."""
    sources = base_courante().sources
    resultat = []
    for brut in lire_yaml(donnees_de() / "taches.yaml"):
        if brut["statut"] not in get_args(StatutDeTache):
            msg = f"tâche {brut['code']} : statut inconnu « {brut['statut']} »"
            raise BaseInvalide(msg)
        resultat.append(
            Tache(
                brut["code"],
                brut["tache"],
                brut["statut"],
                brut["reponse"],
                brut.get("condition", ""),
                tuple(brut["mots"]),
                tuple(lire_citation(texte, sources) for texte in brut["sources"]),
            )
        )
    return tuple(resultat)


def _mots_utiles(texte: str) -> list[str]:
    return [mot for mot in plier(texte).split() if mot not in MOTS_VIDES and len(mot) > 1]


def chercher(question: str) -> list[Tache]:
    """The tasks a question speaks of, the closest first; empty when none is close enough.

    Tolerates accents, plurals and misspellings. Each useful word of the question is matched with
    the words of a task; a task answers when its matched words are close enough on average, and when one
    of them is more than a verb that any gesture has. What is forbidden comes before what is allowed: a
    word may be of both, and a wrong yes costs more than a wrong no.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - only this command pays for it

    demandes = _mots_utiles(question)
    if not demandes:
        return []
    notes = []
    for tache in taches():
        offerts = _mots_utiles(" ".join((tache.tache, *tache.mots)))
        meilleurs = [max(fuzz.ratio(demande, offert) for offert in offerts) for demande in demandes]
        proches = [note for note in meilleurs if note >= SEUIL]
        gestes = [
            demande not in VERBES_SANS_GESTE
            for demande, note in zip(demandes, meilleurs, strict=True)
            if note >= SEUIL
        ]
        if any(gestes):
            couverture = len(proches) / len(demandes)
            notes.append((couverture * sum(proches) / len(proches), tache))
    notes.sort(key=lambda paire: -paire[0])
    if not notes:
        return []
    meilleure = notes[0][0]
    trouvees = [tache for note, tache in notes if note >= 0.8 * meilleure]
    return sorted(trouvees, key=lambda tache: tache.statut != "interdite")
