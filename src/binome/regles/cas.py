"""The YAML cases: for each rule, dossiers and what the rule must answer, derived from its text.

Format, one file per table under `donnees/<certification>/cas`:

    nom-de-la-regle:
      depart: {date_entree: 2026-01-15, diplomes: []}
      cas:
        - {issue: oui, avec: {experience_secretaire_mois: 24}, total: 216 h}
        - {issue: absente, avec: {date_entree: 2025-06-24}}

`avec` is laid over `depart`; null makes a fact unknown. `issue` is what the rule answers
(`absente`: it is not in force that day). `voie`, `formation`, `pratique`, `evaluations`, `total`,
`dispensees`, `evaluations_dispensees` (null where nobody knows), `alertes`, `retient` (what
the rule's table retains), `forfaits` (the lump of courses by bloc), `montants` (in cents, or in the amount's unit) and `echeance` (the code
and the day of the clock that the rule sets) and `manquants` (the facts still asked, in order) may also be given.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.regles.calendrier import lire_duree
from binome.regles.conditions import AConfirmer, Et, Non, Ou, Toujours, parcourir
from binome.regles.courante import donnees_de
from binome.regles.faits import DossierInvalide
from binome.regles.lecture import lire_yaml
from binome.regles.logique import et, non, ou
from binome.regles.manquants import manquants
from binome.regles.metiers.effets import Forfait
from binome.regles.quantites import compteur
from binome.regles.regle import Alerte, Horloge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.base import Base
    from binome.regles.conditions import Condition
    from binome.regles.decider import Conclusion
    from binome.regles.logique import Verite

ISSUES: Final = ("oui", "non", "indetermine", "sans_objet", "absente")
HEURES: Final = (
    "formation",
    "pratique",
    "evaluations",
    "total",
    "dispensees",
    "evaluations_dispensees",
)


class Cas(NamedTuple):
    """One case: the rule, the dossier, and what is expected."""

    regle: str
    objet: dict[str, Any]
    attendu: dict[str, Any]

    def en_clair(self) -> str:
        """The case on one line."""
        return f"{self.regle} avec {self.objet}"


def _brut(valeur: object) -> object:
    return valeur.isoformat() if isinstance(valeur, date) else valeur


def cas(certification: str = "") -> Iterator[Cas]:
    """Every case of every file of a certification. Raises CertificationInconnue."""
    for chemin in sorted((donnees_de(certification) / "cas").rglob("*.yaml")):
        for regle, contenu in (lire_yaml(chemin) or {}).items():
            for un in contenu["cas"]:
                objet = {**contenu.get("depart", {}), **un.get("avec", {})}
                attendu = {cle: valeur for cle, valeur in un.items() if cle != "avec"}
                yield Cas(regle, {cle: _brut(valeur) for cle, valeur in objet.items()}, attendu)


def _constate(un: Cas, conclusion: Conclusion, base: Base) -> dict[str, Any]:
    """What the base answers, for the keys that the case speaks of."""
    issues = {etape.regle.id: etape.issue for etape in conclusion.etapes}
    minutes = compteur(base).compter(conclusion.etabli, conclusion.dossier)
    constate: dict[str, Any] = {"issue": issues.get(un.regle, "absente")}
    if "voie" in un.attendu:
        constate["voie"] = conclusion.etabli.retenues["voie"] or "indetermine"
    for cle in HEURES:
        if cle in un.attendu:
            constate[cle] = minutes[cle]
    if "retient" in un.attendu:
        constate["retient"] = conclusion.etabli.retenues[base.regles[un.regle].table]
    if "forfaits" in un.attendu:
        retenues = (base.regles.get(nom or "") for nom in conclusion.etabli.retenues.values())
        tenus = [regle.effet for regle in retenues if regle is not None]
        constate["forfaits"] = {e.bloc: e.formation for e in tenus if isinstance(e, Forfait)}
    if "montants" in un.attendu:
        constate["montants"] = {nom: minutes[nom] for nom in un.attendu["montants"]}
    if "echeance" in un.attendu:
        effet = base.regles[un.regle].effet
        jour = effet.jour(conclusion.dossier) if isinstance(effet, Horloge) else None
        constate["echeance"] = {getattr(effet, "code", ""): jour}
    if "manquants" in un.attendu:
        constate["manquants"] = manquants(base, conclusion.dossier, conclusion.etabli)
    if "alertes" in un.attendu:
        effets = (e.regle.effet for e in conclusion.etapes if e.issue == "oui")
        constate["alertes"] = sorted(e.code for e in effets if isinstance(e, Alerte))
    return constate


def _attendu(un: Cas) -> dict[str, Any]:
    attendu = dict(un.attendu)
    for cle in HEURES:
        if isinstance(attendu.get(cle), str):
            attendu[cle] = lire_duree(attendu[cle])
    if "forfaits" in attendu:
        attendu["forfaits"] = {bloc: lire_duree(un) for bloc, un in attendu["forfaits"].items()}
    if "alertes" in attendu:
        attendu["alertes"] = sorted(attendu["alertes"])
    return attendu


def vue_de_la_regle(base: Base, nom: str) -> Base:
    """The view that a rule belongs to."""
    return base.vue(base.entiere.tables[base.entiere.regles[nom].table].vue)


def jouer(un: Cas, base: Base) -> str | None:
    """What is wrong with a case, or None when the base answers as it says."""
    if un.attendu.get("issue") not in ISSUES:
        return f"{un.en_clair()} : issue inconnue"
    if un.regle not in base.entiere.regles:
        return f"{un.en_clair()} : la règle n’existe pas"
    vue = vue_de_la_regle(base, un.regle)
    try:
        conclusion = vue.moteur.decider(vue.lire(un.objet, interne=True))
    except DossierInvalide as invalide:
        return f"{un.en_clair()} : {invalide}"
    constate, attendu = _constate(un, conclusion, vue), _attendu(un)
    if constate != attendu:
        return f"{un.en_clair()} : {constate} au lieu de {attendu}"
    return None


def verites_possibles(condition: Condition) -> frozenset[Verite]:
    """What a condition may be worth, by its shape: what the sources leave open is never a yes."""
    match condition:
        case Toujours():
            return frozenset({True})
        case AConfirmer():
            return frozenset({None})
        case Non(branche):
            return frozenset(map(non, verites_possibles(branche)))
        case Et(branches) | Ou(branches):
            combiner = et if isinstance(condition, Et) else ou
            premieres, *autres = map(verites_possibles, branches)
            for suivantes in autres:  # two by two: a product of all the branches would explode
                premieres = frozenset(map(combiner, product(premieres, suivantes)))
            return premieres
        case _:
            return frozenset({True, False, None})


def echecs(base: Base) -> tuple[list[str], int]:
    """Every case that fails and every rule left without its cases, with the number of cases."""
    tous = list(cas(base.certification.code))
    fautes = [faute for un in tous if (faute := jouer(un, base)) is not None]
    fautes += [
        f"cas : la règle « {nom} » n’existe pas"
        for nom in {un.regle for un in tous} - set(base.entiere.regles)
    ]
    for regle in base.entiere.regles.values():
        issues = {un.attendu.get("issue") for un in tous if un.regle == regle.id}
        possibles = verites_possibles(regle.si)
        voulues = {mot for verite, mot in ((True, "oui"), (False, "non")) if verite in possibles}
        if any(isinstance(noeud, AConfirmer) for noeud in parcourir(regle.si)):
            voulues.add("indetermine")
        if regle.du is not None or regle.au is not None:
            voulues.add("absente")
        manquent = voulues - issues
        if manquent:
            fautes.append(f"{regle.id} : il manque un cas « {', '.join(sorted(manquent))} »")
    return fautes, len(tous)
