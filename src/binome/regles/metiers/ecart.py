"""A person who departs from the rules: the route, an exemption, the hours; and the answer worked out again from it.

Nothing of the rules changes. What is settled by hand takes the place of what its table answered, the tables that follow
read it, and the amounts are counted from the whole: totals and modules agree with what was granted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import duree_en_clair
from binome.regles.certification import FORMATIONS
from binome.regles.decider import AUCUNE, Impose
from binome.regles.metiers.effets import Acquis, Dispense, Forfait
from binome.regles.metiers.heures import VOIE, durees_marquees
from binome.regles.metiers.positionnement import positionner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.regles.base import Base
    from binome.regles.faits import Dossier
    from binome.regles.metiers.positionnement import Positionnement
    from binome.regles.regle import Regle

HEURES: Final = "heures"
OU_CONFIRMER: Final = "Corrigez, ou confirmez et dites pourquoi."


@dataclass(frozen=True)
class Derogation:
    """What is settled by hand. `dispenses`: by rule, whether it is granted; `minutes` of training to follow."""

    voie: str | None = None
    dispenses: Mapping[str, bool] = field(default_factory=dict)
    minutes: int | None = None

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.voie or self.dispenses or self.minutes is not None)

    def en_json(self) -> dict[str, Any]:
        """As a decision keeps it."""
        return {"voie": self.voie, "dispenses": dict(self.dispenses), "minutes": self.minutes}


@dataclass(frozen=True)
class Offre:
    """An exemption that may be granted or refused by hand: its rule, and what the rules answered."""

    regle: Regle
    accordee: bool


def offres(reponse: Positionnement) -> Iterator[Offre]:
    """Every exemption of the version that applies, in the order of the tables; none outside the whole référentiel."""
    referentiel = reponse.referentiel
    if referentiel is None or reponse.genre != "certification":
        return
    marques = {module.marque for module in referentiel.modules if module.marque}
    for etape in reponse.conclusion.etapes:
        effet = etape.regle.effet
        if isinstance(effet, Dispense | Forfait):
            propose = effet.referentiel == referentiel.id
        else:
            propose = isinstance(effet, Acquis) and effet.marque in marques
        if propose:
            yield Offre(etape.regle, _accordee(reponse, etape.regle))


def _accordee(reponse: Positionnement, regle: Regle) -> bool:
    etabli = reponse.conclusion.etabli
    if isinstance(regle.effet, Forfait):
        return etabli.retenues.get(regle.table) == regle.id
    return bool(etabli.verites.get(regle.id))


def minutes_en_moins(base: Base, regle: Regle) -> int | None:
    """What an exemption takes off the hours to follow; None where no source says how much, or they differ."""
    match regle.effet:
        case Dispense(referentiel, modules):
            return sum(base.referentiels[referentiel].module(code).minutes or 0 for code in modules)
        case Forfait(_, formation):
            return formation
        case Acquis(marque):
            durees = durees_marquees(base, marque)
            return next(iter(durees)) if len(durees) == 1 else None
        case _:
            return None


def _impose(base: Base, ecart: Derogation) -> Impose:
    """Raises ValueError for two lumps of one table: the source gives one or the other."""
    retenues = {VOIE: ecart.voie} if ecart.voie else {}
    par_table: dict[str, str] = {}
    for nom, accordee in ecart.dispenses.items():
        regle = base.regles[nom]
        if not isinstance(regle.effet, Forfait):
            continue
        if accordee and par_table.get(regle.table, AUCUNE) != AUCUNE:
            raise ValueError("Deux forfaits du même tableau ne s’ajoutent pas : accordez-en un.")
        if accordee or regle.table not in par_table:
            par_table[regle.table] = nom if accordee else AUCUNE
    return Impose({**retenues, **par_table}, dict(ecart.dispenses))


def repondre_avec(base: Base, dossier: Dossier, ecart: Derogation) -> dict[str, Any]:
    """The answer of the JSON contract, worked out again from what is settled by hand.

    The reasons of what it replaces are no longer its own, and nothing would change it any more. Raises ValueError
    for what cannot be settled so.
    """
    if ecart.voie is not None and ecart.voie not in base.certification.voies:
        raise ValueError("Cette voie n’existe pas.")
    if inconnues := [nom for nom in ecart.dispenses if nom not in base.regles]:
        raise ValueError(f"Cette dispense n’existe pas : {inconnues[0]}.")
    reponse = positionner(base, dossier, _impose(base, ecart))
    dite = reponse.en_json()
    if ecart.minutes is not None:
        if reponse.genre not in FORMATIONS:
            raise ValueError("Des heures ne s’accordent qu’avec une voie de formation.")
        _avec_les_heures(dite, ecart.minutes)
    remplacees = {VOIE} if ecart.voie else set()
    dite["motifs"] = [
        un
        for un in dite["motifs"]
        if un["regle"] not in ecart.dispenses and base.regles[un["regle"]].table not in remplacees
    ]
    dite["pour_changer"] = []
    if ecart.voie or ecart.minutes is not None:
        dite["manquants"] = []
    return dite


def bornes_des_heures(
    base: Base, dossier: Dossier, ecart: Derogation
) -> tuple[int | None, int | None]:
    """The fewest minutes of training that a departure could leave, every exemption granted, and those of the whole.

    None for what no source lets count.
    """
    reponse = positionner(base, dossier, _impose(base, ecart))
    minutes = reponse.en_json()["minutes"]
    entieres = [minutes["formation"], minutes["dispensees"]]
    plus = None if None in entieres else sum(entieres)
    accordees: dict[str, bool] = {}
    forfaits: dict[str, tuple[int, str]] = {}
    for une in offres(reponse):
        if isinstance(une.regle.effet, Forfait):
            pese = (minutes_en_moins(base, une.regle) or 0, une.regle.id)
            forfaits[une.regle.table] = max(forfaits.get(une.regle.table, pese), pese)
        else:
            accordees[une.regle.id] = True
    accordees |= {nom: True for _, nom in forfaits.values()}
    toutes = Derogation(voie=ecart.voie, dispenses=accordees)
    moins = positionner(base, dossier, _impose(base, toutes)).en_json()["minutes"]["formation"]
    return moins, plus


def hors_bornes(base: Base, dossier: Dossier, ecart: Derogation) -> str:
    """What to confirm of hours that are more than the training counts, or fewer than it can be brought down to.

    Both numbers are said; empty within the bounds, and where the rules know none.
    """
    if ecart.minutes is None:
        return ""
    moins, plus = bornes_des_heures(base, dossier, replace(ecart, minutes=None))
    dites = duree_en_clair(ecart.minutes)
    if plus is not None and ecart.minutes > plus:
        return (
            f"Vous accordez {dites} de formation, sans les épreuves : la formation entière en compte "
            f"{duree_en_clair(plus)}. {OU_CONFIRMER}"
        )
    if moins is not None and 0 < ecart.minutes < moins:
        return (
            f"Vous accordez {dites} de formation : avec toutes les dispenses, il en reste {duree_en_clair(moins)}. "
            f"{OU_CONFIRMER}"
        )
    return ""


def _avec_les_heures(dite: dict[str, Any], minutes: int) -> None:
    """The hours of training that a person grants: modules and lumps no longer add up to them, so none is pictured.

    What they take off the whole is what they exempt from, nothing where they are more.
    """
    montants = dite["minutes"]
    entieres = [montants["formation"], montants["dispensees"]]
    montants["dispensees"] = None if None in entieres else max(0, sum(entieres) - minutes)
    montants["formation"] = minutes
    autres = [montants[nom] for nom in ("pratique", "evaluations") if nom in montants]
    # An amount that no source gives is not counted as nothing: it stays said as unknown.
    montants["total"] = None if None in autres else minutes + sum(autres)
    dite["modules"], dite["forfaits"] = [], []


def contre(base: Base, proposee: Mapping[str, Any], ecart: Derogation) -> list[dict[str, Any]]:
    """Against what it departs: each rule, what it had answered in words, and its sources."""
    voies = {
        un["regle"]
        for un in proposee["motifs"]
        if un["issue"] == "oui" and _table(base, un["regle"]) == VOIE
    }
    visees = set(ecart.dispenses) | (voies if ecart.voie or ecart.minutes is not None else set())
    return [
        {"regle": un["regle"], "texte": un["texte"], "sources": un["sources"]}
        for un in proposee["motifs"]
        if un["regle"] in visees
    ]


def _table(base: Base, regle: str) -> str:
    connue = base.regles.get(regle)
    return "" if connue is None else connue.table


def en_mots(base: Base, ecart: Mapping[str, Any]) -> list[str]:
    """A kept departure (`Derogation.en_json`), one sentence for each thing settled, in the words of a base."""
    dits = []
    if ecart["voie"]:
        voie = base.certification.voies.get(ecart["voie"])
        dits.append(f"La voie retenue : {ecart['voie'] if voie is None else voie.court}.")
    for nom, accordee in ecart["dispenses"].items():
        regle = base.regles.get(nom)
        titre = nom if regle is None else regle.titre
        dits.append(f"Dispense {'accordée' if accordee else 'non accordée'} : {titre}.")
    if ecart["minutes"] is not None:
        dits.append(f"Les heures de formation : {duree_en_clair(ecart['minutes'])}.")
    return dits
