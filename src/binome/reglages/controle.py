"""Looks through what was given: a name that does not exist, or a value that cannot be, is refused by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from binome.reglages.accords import desaccords
from binome.reglages.declarations import REGLAGES
from binome.reglages.reglage import FICHIER, ReglageRefuse, donnes
from binome.reglages.ressemblance import pris_pour_un_notre

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.reglages.reglage import Environnement

A_NOUS: Final = "BINOME_"
D_UN_ORCHESTRATEUR: Final = re.compile(
    r"(?:BINOME|DATABASE_URL)_(?:\w+_)?(?:SERVICE_(?:HOST|PORT\w*)|PORT\w*)"
)
"""What Kubernetes and Docker's links write by themselves for a service of that name: not settings of ours."""
CONNUS: Final = frozenset(
    {un.nom for un in REGLAGES} | {f"{un.nom}{FICHIER}" for un in REGLAGES if un.secret}
)


def _proche(nom: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only paid for when there is a mistake

    proches = get_close_matches(nom.upper(), sorted(CONNUS), n=1, cutoff=0.7)
    return (
        f" : vouliez-vous dire {proches[0]} ?"
        if proches
        else ". Les réglages sont dans docs/exploitation.md, et « binome reglages » les montre."
    )


def inconnus(environnement: Environnement | None = None) -> list[str]:
    """A sentence for each name that no setting has: ours by its first word, or one of ours mistyped."""
    lus = donnes() if environnement is None else environnement
    return [
        f"{nom} n’existe pas{_proche(nom)}"
        for nom in sorted(lus)
        if nom not in CONNUS
        and not D_UN_ORCHESTRATEUR.fullmatch(nom)
        and (nom.upper().startswith(A_NOUS) or pris_pour_un_notre(nom, CONNUS))
    ]


def _refuses(environnement: Environnement | None) -> Iterator[str]:
    for un in REGLAGES:
        try:
            un.lire(environnement)
        except ReglageRefuse as refus:
            yield str(refus)


def fautes(environnement: Environnement | None = None) -> list[str]:
    """A sentence for each name that does not exist, each value that cannot be, and those that do not go together."""
    return [*inconnus(environnement), *_refuses(environnement), *desaccords(environnement)]


def refuser_les_inconnus(environnement: Environnement | None = None) -> None:
    """Raises ReglageRefuse for a name, whoever gave one would believe that it holds; with every other mistake then."""
    if inconnus(environnement):
        verifier(environnement)


def verifier(environnement: Environnement | None = None) -> None:
    """Raises ReglageRefuse with every mistake, one a line."""
    trouvees = fautes(environnement)
    if trouvees:
        raise ReglageRefuse("\n".join(trouvees))
