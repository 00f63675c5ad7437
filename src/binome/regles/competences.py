"""The competences that the weeks of a booklet speak of, module by module: data, and where each was read.

The official list was not read. What stands here is deduced from what the sources print, says so, and says who
holds the list.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from binome.regles.courante import base_courante, donnees_de
from binome.regles.lecture import BaseInvalide, dans, lire_yaml
from binome.regles.sources import lire_citation
from binome.regles.taches import taches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from binome.regles.lecture import Brut
    from binome.regles.referentiels import Referentiel
    from binome.regles.sources import Citation

StatutDeListe: TypeAlias = Literal["officiel", "deduit"]
"""Whether the certifier's own list was read, or its competences deduced from what else is printed."""
DOSSIER: Final = "competences"
COMME: Final = "comme"
"""The référentiel whose modules, hence whose competences, are the same."""


@dataclass(frozen=True, slots=True)
class Competence:
    """Something that one learns to do, said in the infinitive; `taches` are those of the catalogue that it exercises."""

    code: str
    bloc: int
    module: str
    intitule: str
    taches: tuple[str, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ListeDeCompetences:
    """The competences of a référentiel; `note` says what was read of them, `detient` who holds the official list."""

    referentiel: str
    statut: StatutDeListe
    note: str
    detient: str
    competences: tuple[Competence, ...]


def competences(referentiel_id: str) -> tuple[Competence, ...]:
    """The competences of a référentiel, in the order of its modules; none where nothing was read.

    Raises BaseInvalide when the data of any of them do not hold.
    """
    liste = listes_de_competences().get(referentiel_id)
    return () if liste is None else liste.competences


@cache
def listes_de_competences() -> Mapping[str, ListeDeCompetences]:
    """Every list, by its référentiel. Raises BaseInvalide, saying where and why."""
    return {une.referentiel: une for une in map(_liste, _chemins())}


def _chemins() -> list[Path]:
    return sorted((donnees_de() / DOSSIER).glob("*.yaml"))


def _liste(chemin: Path) -> ListeDeCompetences:
    brut = lire_yaml(chemin)
    with dans(f"{DOSSIER}/{chemin.name}"):
        referentiel = base_courante().referentiels.get(brut["referentiel"])
        if referentiel is None or referentiel.id != chemin.stem:
            msg = f"le référentiel « {brut['referentiel']} » n’est pas celui que le fichier nomme"
            raise BaseInvalide(msg)
        if brut["statut"] not in get_args(StatutDeListe):
            msg = f"statut inconnu « {brut['statut']} »"
            raise BaseInvalide(msg)
        if not (brut["note"] and brut["detient"]):
            msg = "dites ce qui a été lu, et qui tient la liste officielle"
            raise BaseInvalide(msg)
        source = lire_yaml(chemin.with_stem(brut[COMME])) if COMME in brut else brut
        lues = tuple(_competence(une, referentiel) for une in source["competences"])
        fautes = list(_fautes(lues, referentiel))
        if fautes:
            raise BaseInvalide(" ; ".join(fautes))
        return ListeDeCompetences(
            referentiel.id, brut["statut"], brut["note"], brut["detient"], lues
        )


def _competence(brut: Brut, referentiel: Referentiel) -> Competence:
    code = brut["code"]
    with dans(code):
        module, separe, rang = code.rpartition("C")
        if not separe or not rang.isdigit():
            msg = "un code s’écrit module, C, rang : B4M1C1"
            raise BaseInvalide(msg)
        if module not in {un.code for un in referentiel.modules}:
            msg = f"le module « {module} » n’est pas du référentiel {referentiel.id}"
            raise BaseInvalide(msg)
        if not brut["sources"] or not brut["taches"]:
            msg = "il lui faut une tâche du catalogue et une source"
            raise BaseInvalide(msg)
        connues = {une.code: une for une in taches()}
        for tache in brut["taches"]:
            if tache not in connues:
                msg = f"la tâche « {tache} » n’est pas au catalogue"
                raise BaseInvalide(msg)
            if "oui" not in {un.verdict for un in connues[tache].gestes}:
                msg = f"la tâche {tache} n’a aucun geste permis : elle ne s’apprend pas"
                raise BaseInvalide(msg)
        sources = base_courante().sources
        return Competence(
            code,
            referentiel.module(module).bloc,
            module,
            brut["intitule"],
            tuple(brut["taches"]),
            tuple(lire_citation(texte, sources) for texte in brut["sources"]),
        )


def _fautes(lues: tuple[Competence, ...], referentiel: Referentiel) -> Iterator[str]:
    """A code and a sentence name one competence, and every module has some, in its order."""
    for champ in ("code", "intitule"):
        comptes = Counter(getattr(une, champ) for une in lues)
        yield from (f"« {nom} » est donné {n} fois" for nom, n in comptes.items() if n > 1)
    modules = [un.code for un in referentiel.modules]
    yield from (
        f"le module {nom} n’a aucune compétence"
        for nom in modules
        if nom not in {une.module for une in lues}
    )
    rangs = [modules.index(une.module) for une in lues]
    if rangs != sorted(rangs):
        yield "les compétences ne suivent pas l’ordre des modules"
