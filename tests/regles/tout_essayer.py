"""What would change an answer, found the slow way: every set of changes is really decided."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

from binome.regles.basculer import _changements
from binome.regles.calendrier import ajouter_mois
from binome.regles.faits import verifier_coherences

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.regles.basculer import Changement
    from binome.regles.base import Base
    from binome.regles.faits import Dossier
    from binome.regles.jugement import Juge, Note


class Trouvee(NamedTuple):
    """A set of changes, and what it gives."""

    choix: tuple[Changement, ...]
    note: Note
    minutes: int | None
    dossier: Dossier


def _attend_trop(un: Changement, dossier: Dossier, pour: str) -> bool:
    jour = un.levier.jour or un.levier.fait
    mois, avant, apres = un.levier.patience.get(pour), dossier[jour], un.faits.get(jour)
    if mois is None or not isinstance(avant, date) or not isinstance(apres, date):
        return False
    return apres > ajouter_mois(avant, mois)


def _change(choix: tuple[Changement, ...], dossier: Dossier, base: Base) -> Dossier | None:
    change, poses = dict(dossier), dict[str, Any]()
    for un in choix:
        for nom, valeur in un.faits.items():
            pose, deja = poses.get(nom), change[nom]
            if isinstance(valeur, frozenset) and isinstance(deja, frozenset):
                valeur = valeur | deja  # noqa: PLW2901
            elif pose is not None and valeur is not None and valeur != pose:
                return None
            poses[nom] = change[nom] = pose if valeur is None else valeur
    noms = {nom for un in choix for nom in un.faits}
    if verifier_coherences(change, [une for une in base.coherences if noms & set(une.faits)]):
        return None
    return base.completer(change)


def _va_moins_loin(une: Trouvee, choix: tuple[Changement, ...]) -> bool:
    return all(
        any(un.levier is autre.levier and un.rang <= autre.rang for autre in choix)
        for un in une.choix
    )


def _vaut_la_peine(
    choix: tuple[Changement, ...], note: Note, depart: Note, dossier: Dossier, change: Dossier,
    juge: Juge,
) -> bool:  # fmt: skip
    gagne = note[:2] == depart[:2]
    if gagne and any(un.levier.ouvre for un in choix):
        return False
    if any(_attend_trop(un, dossier, "gagner" if gagne else "ouvrir") for un in choix):
        return False
    attendues = {
        un.levier.fait: dossier[un.levier.fait] for un in choix if un.levier.mode == "attente"
    }
    return not attendues or juge.juger({**change, **attendues})[0] > note


def tout_essayer(
    base: Base, dossier: Dossier, taille: int, nouveau: Callable[[], Juge]
) -> list[Trouvee]:
    """Every set of changes that is minimal and better, tried one by one.

    A new judge that was not asked for its start decides everything again each time.
    """
    depart, juge = nouveau().depart(dossier), nouveau()
    leviers = [tires for un in base.leviers if (tires := _changements(base, un, dossier, 0))]
    retenues: list[Trouvee] = []
    for nombre in range(1, taille + 1):
        candidats = (c for groupe in combinations(leviers, nombre) for c in product(*groupe))
        for choix in sorted(candidats, key=lambda c: sum(un.rang for un in c)):
            moindres = [une for une in retenues if _va_moins_loin(une, choix)]
            if any(len(une.choix) < nombre for une in moindres):
                continue
            change = _change(choix, dossier, base)
            if change is None:
                continue
            note, _, minutes = juge.juger(change)
            if (
                note < depart
                and _vaut_la_peine(choix, note, depart, dossier, change, juge)
                and all(note < une.note for une in moindres)
            ):
                retenues.append(Trouvee(choix, note, minutes, change))
    return sorted(
        retenues,
        key=lambda un: (
            len(un.choix),
            sum(c.levier.effort + c.rang for c in un.choix),
            un.note,
        ),
    )
