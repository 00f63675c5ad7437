"""What the page of one rule shows."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

import yaml
from django.urls import reverse

from binome.regles.courante import reformes
from binome.regles.dire import cases_en_clair
from binome.regles.regle import Alerte, Bareme
from binome.regles.usages import usages
from binome.site.regles.catalogue import RegleDuCatalogue, catalogue, dire
from binome.site.regles.exemples import exemples
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.site.regles.catalogue import RegleDite

MONTRES: Final = 6
"""Examples that are seen at once; the others are folded."""


class Usage(NamedTuple):
    """Where a rule is used; `adresse` is empty when there is no page for it."""

    texte: str
    adresse: str


class Voisine(NamedTuple):
    """A rule of the same subject; `lien` says which side it is on (prev, next or nothing)."""

    dite: RegleDite
    lien: str
    ici: bool


@cache
def en_yaml(identifiant: str) -> str:
    """The rule as the base holds it."""
    entree = catalogue()[identifiant]
    brut = next(
        regle
        for table in entree.base.brut["tables"]
        for regle in table["regles"]
        if regle["id"] == identifiant
    )
    ecrit: str = yaml.safe_dump(
        brut, allow_unicode=True, sort_keys=False, default_flow_style=None, width=88
    )
    return ecrit


def _usages(entree: RegleDuCatalogue) -> Iterator[Usage]:
    """Each place that leans on the rule, with its page."""
    for texte in usages(entree.base, entree.regle):
        genre, _, reste = texte.partition(" ")
        nom = reste.partition(",")[0]
        if genre == "règle" and reste in catalogue():
            yield Usage(
                f"La règle « {catalogue()[reste].regle.titre} »", reverse("regle", args=[reste])
            )
        elif genre == "réforme" and nom in reformes():
            adresse = f"{reverse('reformes')}?{urlencode({'reforme': nom})}"
            yield Usage(
                f"La proposition « {reformes()[nom]['titre']} », qui la remplacerait", adresse
            )
        else:
            yield Usage(majuscule(texte), "")


def _voisines(entree: RegleDuCatalogue, jour: date) -> list[Voisine]:
    """The rules of the same subject in the order of time, the proposed ones last; empty when the rule stands alone."""
    sujet = entree.regle.sujet
    if not sujet:
        return []
    memes = [un for un in catalogue().values() if un.regle.sujet == sujet]
    memes.sort(key=lambda un: (bool(un.reforme), un.regle.du or date.min))
    ici = next(rang for rang, un in enumerate(memes) if un.regle.id == entree.regle.id)
    liens = {ici - 1: "prev", ici + 1: "next"}
    return [
        Voisine(dire(un, jour), liens.get(rang, ""), rang == ici) for rang, un in enumerate(memes)
    ]


def _cases(entree: RegleDuCatalogue) -> list[tuple[str, str, bool]]:
    """The cells of a scale: the words of each, its value, and whether a source gives it."""
    effet = entree.regle.effet
    if not isinstance(effet, Bareme):
        return []
    dites = cases_en_clair(effet, entree.table, entree.base)
    connues = (un is not None for un in effet.cases.values())
    return [(*dite, connue) for dite, connue in zip(dites.items(), connues, strict=True)]


def _exigences(entree: RegleDuCatalogue, jour: date) -> list[Voisine]:
    """The requirements that must all hold with this one on a day; empty when it stands alone."""
    table = entree.table
    if table.politique != "toutes":
        return []
    memes = [un for un in table.regles if un.couvre(jour) or un is entree.regle]
    return [
        Voisine(dire(catalogue()[un.id], jour), "", un is entree.regle)
        for un in memes
        if len(memes) > 1
    ]


def contexte_de_la_fiche(entree: RegleDuCatalogue, jour: date) -> dict[str, Any]:
    """The context of the page of a rule, on a day."""
    regle = entree.regle
    dits = exemples(regle, entree.base)
    voisines = _voisines(entree, jour)
    return {
        "rayon": "regles",
        "dite": dire(entree, jour),
        "regle": regle,
        "table": entree.table,
        "vue": entree.base.question,
        "cases": _cases(entree),
        "exigences": _exigences(entree, jour),
        "reforme": entree.reforme,
        "alerte": regle.effet if isinstance(regle.effet, Alerte) and regle.effet.lectures else None,
        "usages": list(_usages(entree)),
        "voisines": voisines if len(voisines) > 1 else [],
        "communs": dits.communs,
        "exemples": dits.exemples[:MONTRES],
        "suite": dits.exemples[MONTRES:],
        "yaml": en_yaml(regle.id),
    }
