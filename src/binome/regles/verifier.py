"""The load checks: everything that can be known to be wrong before any dossier is met.

Each check returns French sentences; an empty list means the base may decide.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

from binome.regles.bornes import valeurs_aux_bornes
from binome.regles.coherences import OrdreDeDates
from binome.regles.compiler import Etabli, compiler
from binome.regles.conditions import (
    AConfirmer,
    Atome,
    RenvoiRegle,
    Sortie,
    UneRegleDe,
    parcourir,
)
from binome.regles.expressions import faits_lus
from binome.regles.formules import valeurs_de
from binome.regles.regle import Alerte, Bareme, Horloge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.base import Base
    from binome.regles.regle import Regle

UN_JOUR = timedelta(days=1)


def verifier(base: Base) -> list[str]:
    """Every fault of the base, as sentences."""
    return [
        *_identifiants(base),
        *_renvois(base),
        *_temps(base),
        *_recouvrements(base),
        *(faute for apport in base.apports.values() for faute in apport.fautes(base)),
        *_alertes(base),
        *_faits(base),
        *_sources(base),
        *_vues(base),
        *_baremes(base),
    ]


def _identifiants(base: Base) -> Iterator[str]:
    comptes = Counter(regle.id for table in base.tables.values() for regle in table.regles)
    yield from (f"règle {nom} : identifiant donné {n} fois" for nom, n in comptes.items() if n > 1)


def _renvois(base: Base) -> Iterator[str]:
    """A condition may only lean on what is decided before it, in its own view."""
    for vue in base.vues:
        yield from _renvois_de_la_vue(base.vue(vue))


def _renvois_de_la_vue(base: Base) -> Iterator[str]:
    regles: set[str] = set()
    tables: dict[str, set[str]] = {}
    for table in base.tables.values():
        conditions = [(regle.id, regle.si) for regle in table.regles]
        if table.quand is not None:
            conditions.append((f"table {table.id}", table.quand))
        for nom, condition in conditions:
            for noeud in parcourir(condition):
                match noeud:
                    case RenvoiRegle(cible) if cible not in regles:
                        yield f"{nom} : renvoie à « {cible} », qui n’est pas décidée avant"
                    case UneRegleDe(cible) if cible not in tables:
                        yield f"{nom} : renvoie à la table « {cible} », qui n’est pas décidée avant"
                    case Sortie(cible, _) if (
                        cible in base.tables and base.tables[cible].politique == "cumul"
                    ):
                        yield f"{nom} : la table « {cible} » cumule, elle ne retient rien"
                    case Sortie(cible, valeurs):
                        absentes = set(valeurs) - tables.get(cible, set())
                        if absentes:
                            yield f"{nom} : la table « {cible} » ne donne jamais {sorted(absentes)}"
                    case _:
                        pass
        regles |= {regle.id for regle in table.regles}
        tables[table.id] = set(valeurs_de(table))


def _temps(base: Base) -> Iterator[str]:
    """Under `unique`, the windows leave no hole; a parameter's values neither hole nor overlap."""
    for table in base.tables.values():
        if table.politique == "unique":
            yield from _trous(f"table {table.id}", [(r.du, r.au) for r in table.regles])
    par_parametre: dict[str, list[tuple[date | None, date | None]]] = {}
    for parametre in base.parametres:
        par_parametre.setdefault(parametre.id, []).append((parametre.du, parametre.au))
    for nom, fenetres in par_parametre.items():
        yield from _trous(f"paramètre {nom}", fenetres)
        for (_, fin), (debut, _) in pairwise(sorted(fenetres, key=_debut)):
            if fin is None or debut is None or debut <= fin:
                yield f"paramètre {nom} : deux valeurs se recouvrent le {debut}"


def _debut(fenetre: tuple[date | None, date | None]) -> date:
    return fenetre[0] or date.min


def _trous(nom: str, fenetres: list[tuple[date | None, date | None]]) -> Iterator[str]:
    couvert: date | None = None
    for rang, (debut, fin) in enumerate(sorted(fenetres, key=_debut)):
        if rang and couvert is not None and debut is not None and debut > couvert + UN_JOUR:
            yield f"{nom} : rien entre le {couvert + UN_JOUR} et le {debut - UN_JOUR}"
        if fin is None:
            return
        couvert = fin if couvert is None else max(couvert, fin)


def _recouvrements(base: Base) -> Iterator[str]:
    """Under `unique`, no two rules can both answer yes on the same day."""
    for table in base.tables.values():
        if table.politique != "unique":
            continue
        for une, autre in combinations(table.regles, 2):
            if _se_croisent(une, autre) and _compatibles(une, autre, base):
                yield f"table {table.id} : {une.id} et {autre.id} répondent toutes deux oui"


def _se_croisent(une: Regle, autre: Regle) -> bool:
    return _debut((une.du, None)) <= (autre.au or date.max) and _debut((autre.du, None)) <= (
        une.au or date.max
    )


def _compatibles(une: Regle, autre: Regle, base: Base) -> bool:
    """Whether some values of the facts make both true; a reference to elsewhere counts as true."""
    noeuds = [*parcourir(une.si), *parcourir(autre.si)]
    if any(isinstance(n, RenvoiRegle | UneRegleDe | Sortie | AConfirmer) for n in noeuds):
        return True
    essais = valeurs_aux_bornes([n for n in noeuds if isinstance(n, Atome)], base)
    a, b = compiler(une.si, base.tables), compiler(autre.si, base.tables)
    for valeurs in product(*essais.values()):
        dossier = dict.fromkeys(base.faits) | dict(zip(essais, valeurs, strict=True))
        if a(dossier, Etabli()) and b(dossier, Etabli()):
            return True
    return False


def _alertes(base: Base) -> Iterator[str]:
    """A contested point gives its rival readings: otherwise it is a silence, not a dispute."""
    horloges = {un.effet.code for un in base.regles.values() if isinstance(un.effet, Horloge)}
    for regle in base.regles.values():
        if not isinstance(regle.effet, Alerte):
            continue
        if regle.statut == "contestee" and len(regle.effet.lectures) < 2:
            yield f"{regle.id} : une alerte contestée donne au moins deux lectures"
        for code in sorted(set(regle.effet.echeances) - horloges):
            yield f"{regle.id} : l’échéance « {code} », à côté de laquelle la dire, n’existe pas"


def _faits(base: Base) -> Iterator[str]:
    for coherence in base.coherences:
        if isinstance(coherence, OrdreDeDates):
            for nom in (coherence.avant, coherence.apres):
                if nom not in base.faits or base.faits[nom].type != "date":
                    yield f"cohérence : « {nom} » n’est pas une date"
            inconnus = {coherence.mois} - {"", *base.faits}
        else:
            inconnus = set(coherence.faits) - set(base.faits)
        for nom in sorted(inconnus):
            yield f"cohérence : le fait « {nom} » n’existe pas"
    for levier in base.leviers:
        if levier.fait not in base.faits:
            yield f"levier {levier.id} : le fait « {levier.fait} » n’existe pas"
    for fait in base.faits.values():
        if fait.piece and fait.piece not in base.pieces:
            yield f"fait {fait.nom} : la pièce « {fait.piece} » n’existe pas"


def _sources(base: Base) -> Iterator[str]:
    for source in base.sources.values():
        if not source.passages:
            yield f"source {source.id} : aucun passage"


def _vues(base: Base) -> Iterator[str]:
    """A view stands by itself: its answers, and every fact that it reads, are its own."""
    for nom in base.vues:
        vue = base.vue(nom)
        for cible in (*vue.question.cibles, *vue.question.sorties):
            if cible not in vue.tables or vue.tables[cible].politique == "cumul":
                yield f"vue {nom} : la table « {cible} » n’y donne pas de réponse"
        lus = {montant: faits_lus(un.formule) for montant, un in vue.montants.items()}
        lus |= {un.nom: faits_lus(un.calcul) for un in vue.faits.values() if un.calcul is not None}
        for regle in vue.regles.values():
            for une in set(regle.pour) - set(vue.question.cibles):
                yield f"{regle.id} : « {une} » n’est pas une réponse de la vue « {nom} »"
        for table in vue.tables.values():
            conditions = [regle.si for regle in table.regles]
            noeuds = (n for si in conditions for n in parcourir(si) if isinstance(n, Atome))
            gardes = [] if table.quand is None else parcourir(table.quand)
            atomes = [*noeuds, *(n for n in gardes if isinstance(n, Atome))]
            lus[table.id] = frozenset(fait for atome in atomes for fait in atome.faits)
            lus[table.id] |= {table.decide_par}
        for lieu, faits in lus.items():
            for fait in sorted(faits - set(vue.faits)):
                yield f"{lieu} : le fait « {fait} » n’est pas de la vue « {nom} »"


def _baremes(base: Base) -> Iterator[str]:
    """The rows of a scale have the same cells and a unit; requirements always say something."""
    for table in base.tables.values():
        cases = {
            tuple(regle.effet.cases) for regle in table.regles if isinstance(regle.effet, Bareme)
        }
        if len(cases) > 1:
            yield f"table {table.id} : ses barèmes n’ont pas les mêmes colonnes"
        if cases and not table.unite:
            yield f"table {table.id} : l’unité de ses barèmes manque"
        if table.politique == "toutes" and all(
            regle.du is not None or regle.au is not None for regle in table.regles
        ):
            yield f"table {table.id} : hors des fenêtres de ses règles, elle dirait oui sans raison"
