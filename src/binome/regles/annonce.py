"""An answer as every reader receives it first: one sentence, the hours by bloc, the useful reasons.

The terminal, the site and the printed page show the same words and the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.regles.calendrier import duree_en_clair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.positionnement import ModulePositionne, Motif, Positionnement, StatutDeModule

STATUTS: Final[tuple[StatutDeModule, ...]] = ("a_suivre", "acquis", "dispense")
REFUS_UTILES: Final = frozenset({"entree", "acquis", "dispenses-40913"})
"""Tables whose "no" a person wants explained."""


@dataclass(frozen=True, slots=True)
class BarreDeBloc:
    """A bloc of the référentiel and the minutes of each status; they add up to the bloc's length."""

    numero: int
    intitule: str
    minutes: dict[StatutDeModule, int]
    modules: tuple[ModulePositionne, ...]


def phrase(reponse: Positionnement, *, tiers: bool = False) -> str:
    """The answer in one sentence; `tiers` speaks of the person to someone else."""
    total = reponse.minutes["total"]
    duree = "durée inconnue" if total is None else duree_en_clair(total)
    votre = "Sa" if tiers else "Votre"
    match reponse.voie:
        case "cqp":
            return f"{votre} voie est le CQP d’assistant médical : {duree}, évaluations comprises."
        case "fae":
            return f"{votre} voie est la formation d’adaptation à l’emploi (FAE) : {duree}, sans CQP à passer."
        case "deja_certifie":
            sujet = "Cette personne a" if tiers else "Vous avez"
            return f"{sujet} déjà le CQP : aucune formation à suivre."
        case "refus":
            return "Avec ces renseignements, aucune voie n’est ouverte à cette date."
        case _:
            return "Il manque un renseignement pour vous répondre."


def resume(reponse: Positionnement) -> str:
    """The answer as it stands, in one line."""
    total = reponse.minutes["total"]
    duree = "" if total is None else f", {duree_en_clair(total)}"
    noms = {
        "cqp": f"le CQP{duree}",
        "fae": f"la FAE{duree}",
        "deja_certifie": "le CQP est déjà obtenu",
        "refus": "aucune voie ouverte",
        "indetermine": "pas encore de réponse",
    }
    reste = len(reponse.manquants)
    suite = f" ({reste} question{'s' if reste > 1 else ''} au plus)" if reste else ""
    return f"Pour l’instant : {noms[reponse.voie]}{suite}"


def barres(reponse: Positionnement) -> Iterator[BarreDeBloc]:
    """The blocs of the answer, in order, with the minutes of each status.

    What no source details module by module counts as to follow, up to the bloc's own length.
    """
    referentiel = reponse.referentiel
    if referentiel is None:
        return
    for numero in dict.fromkeys(un.module.bloc for un in reponse.modules):
        bloc = referentiel.bloc(numero)
        modules = tuple(un for un in reponse.modules if un.module.bloc == numero)
        minutes = dict.fromkeys(STATUTS, 0)
        for un in modules:
            minutes[un.statut] += un.module.minutes or 0
        minutes["a_suivre"] = bloc.minutes - minutes["acquis"] - minutes["dispense"]
        yield BarreDeBloc(numero, bloc.intitule, minutes, modules)


def forfait(reponse: Positionnement) -> int:
    """Minutes exempted as a lump, that no source spreads over modules; 0 when there are none."""
    if any(un.statut == "dispense" for un in reponse.modules):
        return 0
    return reponse.minutes["dispensees"] or 0


def raisons(reponse: Positionnement) -> list[Motif]:
    """The reasons a person wants first: what was granted, what decided, what was refused."""
    utiles = []
    for motif in reponse.motifs:
        table, issue = motif.etape.regle.table, motif.etape.issue
        role = reponse.base.tables[table].role
        refusee = table in REFUS_UTILES or (table == "prerequis" and reponse.voie == "refus")
        accordee = issue == "oui" and role in ("decide", "prepare")
        informe = issue in ("oui", "non") and role == "informe"
        if accordee or informe or (issue == "non" and refusee):
            utiles.append(motif)
    return utiles
