"""Mutation testing of the rules themselves: `python -m outils.muter_regles`.

Each mutant (see `mutants.py`) is the rule base with one change that a tired hand could make: a
threshold one too high, a day too late, a code forgotten. The YAML cases must notice it, alone; a
mutant that the load checks refuse is noticed too. What no case notices is a survivor: a case is
missing, or the change changes nothing, which `EQUIVALENTS` argues one by one.

So that the cases have to notice, not the check that every comparison has its words, every fact is
first given words for every comparison.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.regles.cas import cas, jouer
from binome.regles.courante import construire, donnees_de
from binome.regles.lecture import BaseInvalide, Brut, lire_brut
from outils.mutants import mutants
from outils.mutants_equivalents import EQUIVALENTS
from outils.retouches import EFFACE, Chemin, Mutant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.regles.base import Base
    from binome.regles.cas import Cas

GENRES: Final = {
    "seuil": "numeric threshold ±1",
    "parametre": "parameter value ±1",
    "fenetre": "bound of a window ±1 day",
    "mois": "months added to a date ±1",
    "operateur": "comparison replaced by its neighbour",
    "code": "code removed, added or replaced",
    "et-ou": "`et` ↔ `ou`",
    "non": "`non` removed",
    "branche": "branch of an `et` or `ou` dropped",
    "donne": "value given replaced by another of the table",
    "module": "module removed from or added to an exemption",
    "duree": "length in an effect +1 minute, or other bloc",
    "alerte": "code of an alert replaced by another",
    "date": "date that decides replaced by another",
    "ordre": "neighbours swapped where the first wins",
    "inconnu": "`inconnu: passe` ↔ `bloque`",
    "renvoi": "rule named for its neighbour or for its table",
    "quand": "guard of a table removed",
    "regle": "rule removed",
    "booleen": "yes ↔ no",
    "part": "share of another number ±1 point",
    "case": "cell of a scale ±1 unit, taken for its neighbour, or unknown taken for zero",
    "echeance": "clock a month or a day off, from another date, or taken for another",
    "formule": "constant ±1, rounding or order in a formula",
    "referentiel": "length in a référentiel ±1 minute",
}
COMPARAISONS: Final = ("est", "au_moins", "au_plus", "entre", "parmi", "contient")


class Verdict(NamedTuple):
    """What noticed a mutant: a load check, a case, or nothing."""

    mutant: Mutant
    temoin: str

    @property
    def refuse(self) -> bool:
        """Whether the base did not even load."""
        return self.temoin == "chargement"


@cache
def depart() -> Brut:
    """The embedded raw base, every fact being given words for every comparison."""
    brut = lire_brut(donnees_de())
    for fait in brut["faits"].values():
        mots = {f"{nom}{suite}": "{borne}" for nom in COMPARAISONS for suite in ("", "_un_de")}
        fait["phrases"] = {**mots, **fait.get("phrases", {})}
    return brut


def retoucher(brut: Any, chemin: Chemin, valeur: Any) -> Any:
    """A copy with one place changed; everything else is shared."""
    tete, *reste = chemin
    nouveau = valeur if not reste else retoucher(brut[tete], tuple(reste), valeur)
    copie = brut.copy()
    if nouveau == EFFACE:
        del copie[tete]
    else:
        copie[tete] = nouveau
    return copie


def muter(brut: Brut, mutant: Mutant) -> Brut:
    """The raw base with the mutant's change."""
    for chemin, valeur in mutant.retouches:
        brut = retoucher(brut, chemin, valeur)
    return brut


@cache
def _cas() -> tuple[Cas, ...]:
    return tuple(cas())


def juger(mutant: Mutant) -> Verdict:
    """Builds the mutant and plays the cases, those of the rule it touches first."""
    try:
        base = construire(muter(depart(), mutant))
    except BaseInvalide:
        return Verdict(mutant, "chargement")
    siens = sorted(_cas(), key=lambda un: un.regle != mutant.lieu)
    tueur = next((un for un in siens if jouer(un, base) is not None), None)
    return Verdict(mutant, "" if tueur is None else tueur.en_clair())


def juger_tous(tous: Sequence[Mutant], processus: int) -> list[Verdict]:
    """Every verdict, in the order of the mutants."""
    if processus == 1:
        return [juger(mutant) for mutant in tous]
    with ProcessPoolExecutor(processus) as executeur:
        return list(executeur.map(juger, tous, chunksize=16))


def lieux(base: Base, vue: str) -> set[str]:
    """Where the mutants of a view stand: its rules, tables, amounts and facts of its own."""
    seule = base.vue(vue)
    return {
        *seule.regles,
        *(f"table {nom}" for nom in seule.tables),
        *(f"montant {nom}" for nom in seule.montants),
        *(f"fait {fait.nom}" for fait in seule.faits.values() if fait.vues),
    }


def _raisons() -> dict[str, str]:
    return {nom: raison for raison, noms in EQUIVALENTS for nom in noms}


def _part(verdicts: Sequence[Verdict]) -> float:
    return 100 * sum(bool(verdict.temoin) for verdict in verdicts) / len(verdicts)


def page(verdicts: Sequence[Verdict]) -> str:
    """The Markdown page: score, count by kind, survivors and why they survive."""
    survivants = [verdict.mutant for verdict in verdicts if not verdict.temoin]
    refuses = sum(verdict.refuse for verdict in verdicts)
    raisons = _raisons()
    lignes = [
        "# Mutation of the rules",
        "",
        "Written by `python -m outils.muter_regles --sortie docs/mutation-regles.md`; do not edit.",
        "",
        "Each mutant is the rule base with one change. It is killed when the base refuses to load or",
        "when one YAML case of `src/binome/regles/donnees/assistant-medical/cas` fails; no other test plays a part.",
        "",
        f"- cases: {len(_cas())}",
        f"- mutants: {len(verdicts)}, killed: {len(verdicts) - len(survivants)} "
        f"({refuses} at load, {len(verdicts) - len(survivants) - refuses} by a case)",
        f"- **score: {_part(verdicts):.1f} %**",
        f"- survivors: {len(survivants)}, of which {sum(m.en_clair() in raisons for m in survivants)} "
        "are shown below to change no answer",
        "",
        "| change | mutants | killed at load | killed by a case | survivors |",
        "|---|---:|---:|---:|---:|",
    ]
    for genre, titre in GENRES.items():
        siens = [verdict for verdict in verdicts if verdict.mutant.genre == genre]
        vivants = sum(not verdict.temoin for verdict in siens)
        charges = sum(verdict.refuse for verdict in siens)
        compte = f"{len(siens)} | {charges} | {len(siens) - charges - vivants} | {vivants}"
        lignes.append(f"| {titre} | {compte} |")
    return "\n".join([*lignes, *_page_des_survivants(survivants, raisons)]) + "\n"


def _page_des_survivants(survivants: Iterable[Mutant], raisons: dict[str, str]) -> list[str]:
    par_raison: dict[str, list[str]] = {}
    for mutant in survivants:
        raison = raisons.get(mutant.en_clair(), "Not explained: a case is missing.")
        par_raison.setdefault(raison, []).append(f"- `{mutant.lieu}`: {mutant.changement}")
    lignes = ["", "## Survivors"]
    for raison, noms in par_raison.items():
        lignes += ["", raison, "", *noms]
    return lignes if par_raison else [*lignes, "", "None."]


def _arguments() -> argparse.Namespace:
    lecteur = argparse.ArgumentParser(prog="python -m outils.muter_regles", description=__doc__)
    lecteur.add_argument("--seuil", type=float, default=95, help="score minimal, en pour cent")
    lecteur.add_argument("--sortie", type=Path, help="page Markdown à écrire")
    lecteur.add_argument("--vue", help="ne juge que les mutants d’une vue de la base")
    lecteur.add_argument("--processus", type=int, default=2, help="nombre de processus")
    return lecteur.parse_args()


def _afficher(verdicts: Sequence[Verdict]) -> None:
    """Survivors, and explanations that no longer explain anything."""
    raisons = _raisons()
    survivants = [verdict.mutant.en_clair() for verdict in verdicts if not verdict.temoin]
    for nom in survivants:
        print(f"survivant ({'équivalent' if nom in raisons else 'à tuer'}) — {nom}")
    for nom in raisons.keys() - set(survivants):
        print(f"explication sans survivant — {nom}")


def main() -> int:
    """Judges every mutant; 1 when the cases kill too few of them."""
    arguments = _arguments()
    debut = time.monotonic()
    base = construire(depart())
    fautes = [faute for un in _cas() if (faute := jouer(un, base)) is not None]
    if fautes:
        print("Les cas échouent déjà sur la base intacte :", *fautes, sep="\n")
        return 1
    tous = mutants(depart())
    if arguments.vue:
        siens = lieux(base, arguments.vue)
        tous = [mutant for mutant in tous if mutant.lieu in siens]
    verdicts = juger_tous(tous, arguments.processus)
    _afficher(verdicts)
    refuses = sum(verdict.refuse for verdict in verdicts)
    print(
        f"{len(verdicts)} mutants, {len(_cas())} cas : {_part(verdicts):.1f} % tués, "
        f"dont {refuses} au chargement, en {time.monotonic() - debut:.0f} s"
    )
    if arguments.sortie:
        arguments.sortie.write_text(page(verdicts), encoding="utf-8")
    return 0 if _part(verdicts) >= arguments.seuil else 1


if __name__ == "__main__":
    sys.exit(main())
