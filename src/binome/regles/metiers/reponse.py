"""A kept answer of the rule base told to people: one sentence, the hours, the reasons, the alerts.

The answer is read from its JSON, years later if need be: a rule or a source that the base in force no
longer holds leaves its words, and loses only its marker.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import duree_en_clair
from binome.regles.certification import INDETERMINE
from binome.regles.metiers.annonce import au_plus, phrase_au_plus
from binome.regles.metiers.gardee import lire_gardee
from binome.regles.metiers.raisons import est_utile, explique_un_refus, informe
from binome.regles.motifs import a_un_tiers
from binome.regles.regle import Alerte
from binome.regles.sources import LectureRivale, lire_citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from binome.regles.base import Base
    from binome.regles.regle import Regle
    from binome.regles.sources import Citation

LARGEUR: Final = 640
STATUTS: Final = {"a_suivre": "à suivre", "acquis": "déjà acquis", "dispense": "dispensé"}
NON_ETABLIE: Final = "pas encore établie"


@dataclass(frozen=True)
class Raison:
    """One reason, in words, with where it comes from; `sens` is oui, non or info."""

    texte: str
    sens: str
    regle: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class AlerteDite:
    """An alert with its rival readings, and the position of the branch when it settled it."""

    code: str
    texte: str
    lectures: tuple[LectureRivale, ...]
    citations: tuple[Citation, ...]
    position: str


@dataclass(frozen=True)
class BlocAnnonce:
    """A bloc: its title, its hours in words, and the pieces of its bar."""

    titre: str
    detail: str
    morceaux: tuple[dict[str, Any], ...]
    modules: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Annonce:
    """Everything that a page says of an answer."""

    phrase: str
    voie: str
    regles_du: str
    lignes: tuple[BlocAnnonce, ...]
    raisons: tuple[Raison, ...]
    alertes: tuple[AlerteDite, ...]
    changements: tuple[str, ...]
    manquants: tuple[str, ...]

    @property
    def a_voir(self) -> tuple[AlerteDite, ...]:
        """The alerts that the branch has not settled."""
        return tuple(une for une in self.alertes if not une.position)

    @property
    def tranchees(self) -> tuple[AlerteDite, ...]:
        """Those that it has."""
        return tuple(une for une in self.alertes if une.position)

    @property
    def ouvertes(self) -> int:
        """The alerts that the branch has not settled."""
        return len(self.a_voir)


def voies_dites(base: Base) -> dict[str, str]:
    """Each route of a certification in a few words, by its code; that which is not known, too."""
    voies = base.certification.voies.values()
    return {INDETERMINE: NON_ETABLIE, **{une.code: une.court for une in voies}}


def citations_de(base: Base, textes: Iterable[str]) -> tuple[Citation, ...]:
    """The citations that the base in force still holds."""
    lues = []
    for texte in textes:
        try:
            lues.append(lire_citation(texte, base.sources))
        except ValueError:
            continue
    return tuple(lues)


def _alertes_connues(base: Base) -> dict[str, list[Alerte]]:
    """What may be told under each code: several rules may have one."""
    connues: dict[str, list[Alerte]] = {}
    for regle in base.regles.values():
        if isinstance(regle.effet, Alerte):
            connues.setdefault(regle.effet.code, []).append(regle.effet)
    return connues


@lru_cache(maxsize=16)
def _regles_d_alerte(base: Base) -> dict[str, list[Regle]]:
    connues: dict[str, list[Regle]] = {}
    for regle in base.regles.values():
        if isinstance(regle.effet, Alerte):
            connues.setdefault(regle.effet.code, []).append(regle)
    return connues


def titre_d_alerte(base: Base, code: str, jour: date | None) -> str:
    """An alert in a few words, whole: the title of the rule that raises it for an entry on that day."""
    regles = _regles_d_alerte(base).get(code, ())
    servent = (
        une.titre
        for une in regles
        if jour is None
        or ((une.du is None or une.du <= jour) and (une.au is None or jour <= une.au))
    )
    return next(servent, regles[0].titre if regles else code)


def textes_des_alertes(base: Base) -> dict[str, str]:
    """Every alert that a base may raise, by its code."""
    connues = _alertes_connues(base)
    return {code: " ".join(un.texte for un in unes) for code, unes in connues.items()}


def _alertes(
    base: Base, reponse: Mapping[str, Any], positions: Mapping[str, str], *, tiers: bool
) -> list[AlerteDite]:
    connues, meme = _alertes_connues(base), reponse["base"] == base.empreinte
    dites = []
    for une in reponse["alertes"]:
        possibles = connues.get(une["code"], ()) if meme else ()
        connue = next((un for un in possibles if un.texte in une["texte"]), None)
        texte = une["texte"]
        if connue is not None:
            # The readings are told apart; what the alert hangs on stands before its own words.
            texte = texte[: texte.index(connue.texte) + len(connue.texte)]
        dites.append(
            AlerteDite(
                une["code"],
                a_un_tiers(texte) if tiers else texte,
                () if connue is None else connue.lectures,
                citations_de(base, une["sources"]),
                positions.get(une["code"], ""),
            )
        )
    return dites


def _raisons(base: Base, reponse: Mapping[str, Any], *, refusee: bool) -> list[Raison]:
    """What was granted, what decided, what was refused: not what has no bearing."""
    return [
        Raison(
            une["texte"],
            "info" if informe(base, une["regle"]) else une["issue"],
            une["regle"],
            citations_de(base, une["sources"]),
        )
        for une in reponse["motifs"]
        if est_utile(base, une["regle"], une["issue"], reponse["voie"])
        and not (refusee and not explique_un_refus(base, une["regle"], une["issue"]))
    ]


def _lignes(base: Base, reponse: Mapping[str, Any]) -> list[BlocAnnonce]:
    referentiel = base.referentiels.get(reponse["referentiel"] or "")
    modules = reponse["modules"]
    blocs = {
        numero: [un for un in modules if un["bloc"] == numero]
        for numero in dict.fromkeys(un["bloc"] for un in modules)
    }
    durees = {
        numero: sum(un["minutes"] or 0 for un in siens)
        if referentiel is None
        else referentiel.bloc(numero).minutes
        for numero, siens in blocs.items()
    }
    plus_long = max(durees.values(), default=0) or 1
    lignes = []
    for numero, siens in blocs.items():
        minutes = {
            statut: sum(un["minutes"] or 0 for un in siens if un["statut"] == statut)
            for statut in STATUTS
        }
        minutes["dispense"] += sum(
            un["formation"] for un in reponse.get("forfaits", ()) if un["bloc"] == numero
        )
        minutes["a_suivre"] = durees[numero] - minutes["acquis"] - minutes["dispense"]
        morceaux, x = [], 0
        for statut, duree in minutes.items():
            if duree:
                largeur = max(4, round(duree * LARGEUR / plus_long))
                morceaux.append({"statut": statut, "x": x, "largeur": largeur})
                x += largeur
        intitule = "" if referentiel is None else f" : {referentiel.bloc(numero).intitule}"
        detail = ", ".join(
            f"{duree_en_clair(duree)} {STATUTS[statut]}"
            for statut, duree in minutes.items()
            if duree
        )
        lignes.append(
            BlocAnnonce(
                f"Bloc {numero}{intitule}",
                detail,
                tuple(morceaux),
                tuple({**un, "mot": STATUTS[un["statut"]]} for un in siens),
            )
        )
    return lignes


def annoncer(
    reponse: Mapping[str, Any],
    base: Base,
    *,
    positions: Mapping[str, str] | None = None,
    tiers: bool = True,
    refusee: bool = False,
) -> Annonce:
    """An answer of the JSON contract as a page tells it, in the words of its certification's `base`.

    `positions` are the settled alerts; `refusee` tells the reasons of the refusal alone.
    """
    return Annonce(
        phrase=phrase_au_plus(lire_gardee(reponse, base), tiers=tiers),
        voie=reponse["voie"],
        regles_du=reponse["au"] or "",
        lignes=tuple(_lignes(base, reponse)),
        raisons=tuple(_raisons(base, reponse, refusee=refusee)),
        alertes=tuple(_alertes(base, reponse, positions or {}, tiers=tiers)),
        changements=tuple(un["texte"] for un in reponse.get("pour_changer", ())),
        manquants=tuple(
            base.faits[nom].libelle for nom in reponse["manquants"] if nom in base.faits
        ),
    )


def differences(declare: Mapping[str, Any], prouve: Mapping[str, Any], base: Base) -> list[str]:
    """What the proofs change in the answer, one sentence each."""
    dites, voies = [], voies_dites(base)
    avant, apres = lire_gardee(declare, base), lire_gardee(prouve, base)
    if avant.voie != apres.voie:
        dites.append(
            f"La voie : {voies[avant.voie]} sur ce qui est déclaré, "
            f"{voies[apres.voie]} sur ce qui est prouvé."
        )
    if avant.comptees != apres.comptees:
        dites.append(
            f"Les heures : {au_plus(avant)} sur ce qui est déclaré, "
            f"{au_plus(apres)} sur ce qui est prouvé."
        )
    statuts = {un["code"]: un["statut"] for un in prouve["modules"]}
    dites += [
        f"{un['intitule']} : {STATUTS[un['statut']]} sur ce qui est déclaré, "
        f"{STATUTS[statuts[un['code']]]} sur ce qui est prouvé."
        for un in declare["modules"]
        if statuts.get(un["code"], un["statut"]) != un["statut"]
    ]
    return dites
