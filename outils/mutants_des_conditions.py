"""Mutants of what the rules ask: codes, thresholds, operators, branches, and names of other rules.

Not made, because they cannot matter: adding to a list a code whose holders the rule's own guard
sends elsewhere throughout its window (whoever holds the CQP never reaches a rule kept for those
who want it; since 2021, neither does whoever holds one of the three diplomas that lead to the
FAE), and adding to a route test a route that the table's guard already shuts out.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from outils.retouches import PAS, Chemin, Mutant, Regle, dire, regles, remplacer, se_croisent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.lecture import Brut

VOISINS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("entier", "est"): ("au_moins", "au_plus"),
    ("entier", "au_moins"): ("est", "au_plus"),
    ("entier", "au_plus"): ("est", "au_moins"),
    ("date", "avant"): ("au_plus",),
    ("date", "apres"): ("au_moins",),
    ("date", "au_moins"): ("apres", "au_plus"),
    ("date", "au_plus"): ("avant", "au_moins"),
    ("decimal", "au_moins"): ("au_plus",),
    ("decimal", "au_plus"): ("au_moins",),
}
CENTIEME: Final = Decimal("0.01")


def _ouvertes(voies: set[str], *gardes: Any) -> set[str]:
    """The routes that every one of these guards leaves open."""
    for garde in gardes:
        if isinstance(garde, dict) and garde.get("sortie") == "voie":
            voies = voies & set(garde["parmi"])
    return voies


def _sans_effet(brut: Brut, regle: Regle) -> set[str]:
    """Codes and routes that the rule's own guards shut out (see the top)."""
    si, garde = regle.brut["si"], regle.table.get("quand")
    branches = si["et"] if isinstance(si, dict) and "et" in si else [si]
    rangs = [autre for autre in regles(brut) if autre.table["table"] == "voie"]
    voies = {rang.effet["donne"] for rang in rangs}
    exclus = voies - _ouvertes(voies, garde)
    for rang in rangs:
        if rang.effet["donne"] in _ouvertes(voies, garde, *branches):
            break  # from this row on, a code may lead to a route that the guards leave open
        if rang.couvre(regle) and isinstance(rang.brut["si"], dict):
            exclus |= set(rang.brut["si"].get("contient", ()))
    return exclus


def _hors_de_saison(brut: Brut, regle: Regle) -> set[tuple[str, str]]:
    """What the tables decided by the same date never give on the days when the rule is in force."""
    donnes = [
        (autre.table["table"], str(autre.effet["donne"]), se_croisent(regle.brut, autre.brut))
        for autre in regles(brut)
        if "donne" in autre.effet and autre.table["decide_par"] == regle.table["decide_par"]
    ]
    jamais = {(table, valeur) for table, valeur, _ in donnes}
    return jamais - {(table, valeur) for table, valeur, croise in donnes if croise}


def _noeuds(chemin: Chemin, noeud: Any) -> Iterator[tuple[Chemin, Brut]]:
    """Every node of a raw condition that is not a bare word, parents first."""
    if not isinstance(noeud, dict):
        return
    yield chemin, noeud
    for nom in ("et", "ou"):
        for rang, branche in enumerate(noeud.get(nom, ())):
            yield from _noeuds((*chemin, nom, rang), branche)
    if "non" in noeud:
        yield from _noeuds((*chemin, "non"), noeud["non"])


def _codes_possibles(brut: Brut, noeud: Brut) -> list[str]:
    """Every code that a list of this node may hold."""
    if "fait" in noeud:
        return list(brut["faits"][noeud["fait"]].get("valeurs", {}))
    valeurs = (r.effet.get("donne") for r in regles(brut) if r.table["table"] == noeud["sortie"])
    return list(dict.fromkeys(valeur for valeur in valeurs if valeur is not None))


def _muter_codes(
    brut: Brut,
    lieu: str,
    chemin: Chemin,
    noeud: Brut,
    exclus: set[str],
    jamais: set[tuple[str, str]],
) -> Iterator[Mutant]:
    for nom in {"parmi", "contient"} & noeud.keys():
        codes = noeud[nom]
        autres = [un for un in _codes_possibles(brut, noeud) if un not in codes]
        if len(codes) == 1:  # without its only code a list cannot be read: it gets another one
            yield remplacer("code", lieu, chemin, noeud, {**noeud, nom: autres[:1]})
        else:
            for code in codes:
                moins = {**noeud, nom: [autre for autre in codes if autre != code]}
                yield Mutant("code", lieu, f"{dire(noeud)} − {code}", ((chemin, moins),))
        for code in autres:
            if code not in exclus and (noeud.get("sortie"), code) not in jamais:
                plus = {**noeud, nom: [*codes, code]}
                yield Mutant("code", lieu, f"{dire(noeud)} + {code}", ((chemin, plus),))
    if isinstance(noeud.get("est"), str):
        for code in _codes_possibles(brut, noeud):
            if code != noeud["est"]:
                yield remplacer("code", lieu, chemin, noeud, {**noeud, "est": code})


def _muter_comparaison(brut: Brut, lieu: str, chemin: Chemin, noeud: Brut) -> Iterator[Mutant]:
    """Thresholds, months and operators of one comparison on a fact."""
    operateur, attendu = next((cle, noeud[cle]) for cle in noeud if cle != "fait")
    fait = noeud["fait"]
    if isinstance(attendu, int) and not isinstance(attendu, bool):
        for pas in PAS:
            yield remplacer("seuil", lieu, chemin, noeud, {**noeud, operateur: attendu + pas})
    if isinstance(attendu, bool) and operateur == "est":
        yield remplacer("booleen", lieu, chemin, noeud, {**noeud, operateur: not attendu})
    if isinstance(attendu, float):
        for pas in PAS:
            autre = float(Decimal(str(attendu)) + pas * CENTIEME)
            yield remplacer("seuil", lieu, chemin, noeud, {**noeud, operateur: autre})
    if operateur == "entre":
        for rang, pas in product(range(2), PAS):
            if isinstance(attendu[rang], int):
                bornes = [*attendu[:rang], attendu[rang] + pas, *attendu[rang + 1 :]]
                yield remplacer("seuil", lieu, chemin, noeud, {**noeud, operateur: bornes})
    if isinstance(attendu, dict) and isinstance(attendu.get("pour_cent"), int):
        for pas in PAS:
            part = {**attendu, "pour_cent": attendu["pour_cent"] + pas}
            yield remplacer("part", lieu, chemin, noeud, {**noeud, operateur: part})
    if isinstance(attendu, dict) and isinstance(attendu.get("plus_mois"), int):
        for pas in PAS:
            decale = {**attendu, "plus_mois": attendu["plus_mois"] + pas}
            yield remplacer("mois", lieu, chemin, noeud, {"fait": fait, operateur: decale})
    for voisin in VOISINS.get((brut["faits"][fait]["type"], operateur), ()):
        yield remplacer("operateur", lieu, chemin, noeud, {"fait": fait, voisin: attendu})


def _muter_structure(lieu: str, chemin: Chemin, noeud: Brut) -> Iterator[Mutant]:
    """`et`, `ou` and `non`."""
    for nom, autre in (("et", "ou"), ("ou", "et")):
        if nom not in noeud:
            continue
        branches = noeud[nom]
        texte = f"{nom} → {autre} ({' ; '.join(map(dire, branches))})"
        yield Mutant("et-ou", lieu, texte, ((chemin, {autre: branches}),))
        for rang, branche in enumerate(branches):
            reste = [*branches[:rang], *branches[rang + 1 :]]
            restant = reste[0] if len(reste) == 1 else {nom: reste}
            yield Mutant("branche", lieu, f"{nom} sans « {dire(branche)} »", ((chemin, restant),))
    if "non" in noeud:
        yield remplacer("non", lieu, chemin, noeud, noeud["non"])


def _muter_renvois(brut: Brut, lieu: str, chemin: Chemin, noeud: Brut) -> Iterator[Mutant]:
    """A rule named for its neighbour, or for its whole table."""
    for table in brut["tables"]:
        regles = [regle["id"] for regle in table["regles"]]
        if noeud.get("regle") in regles or noeud.get("une_regle_de") == table["table"]:
            for regle in regles:
                if regle != noeud.get("regle"):
                    yield remplacer("renvoi", lieu, chemin, noeud, {"regle": regle})


def muter_conditions(brut: Brut) -> Iterator[Mutant]:
    lieux: list[tuple[str, Chemin, Any, set[str], set[tuple[str, str]]]] = [
        (f"table {table['table']}", ("tables", rang, "quand"), table["quand"], set(), set())
        for rang, table in enumerate(brut["tables"])
        if "quand" in table
    ]
    for regle in regles(brut):
        exclus = _sans_effet(brut, regle)
        jamais = _hors_de_saison(brut, regle)
        lieux.append((regle.id, (*regle.chemin, "si"), regle.brut["si"], exclus, jamais))
    for lieu, racine, condition, exclus, jamais in lieux:
        for chemin, noeud in _noeuds(racine, condition):
            yield from _muter_codes(brut, lieu, chemin, noeud, exclus, jamais)
            yield from _muter_renvois(brut, lieu, chemin, noeud)
            if "fait" in noeud:
                yield from _muter_comparaison(brut, lieu, chemin, noeud)
            yield from _muter_structure(lieu, chemin, noeud)
