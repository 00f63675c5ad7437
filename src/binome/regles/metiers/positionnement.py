"""The positioning of a candidate: the answer that the JSON contract fixes, with all its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from binome.regles.basculer import basculer
from binome.regles.calendrier import duree_en_clair
from binome.regles.certification import FORMATIONS, INDETERMINE
from binome.regles.faits import faits_en_json
from binome.regles.manquants import manquants
from binome.regles.metiers.a_confirmer import reserves
from binome.regles.metiers.effets import Adaptation, Forfait
from binome.regles.metiers.heures import (
    REFERENTIEL,
    VOIE,
    regles_acquerant,
    regles_dispensant,
    table_d_adaptation,
)
from binome.regles.metiers.juge import JugeDuPositionnement
from binome.regles.motifs import Motif, alerte_en_json, alertes, motifs, sources_de
from binome.regles.quantites import compteur
from binome.regles.regle import PieceDemandee
from binome.regles.sources import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from binome.regles.basculer import Bascule
    from binome.regles.base import Base, PieceAFournir
    from binome.regles.certification import Certification, GenreDeVoie
    from binome.regles.decider import Conclusion, Etape, Impose
    from binome.regles.faits import Dossier
    from binome.regles.metiers.a_confirmer import HeuresAConfirmer
    from binome.regles.referentiels import Module, Referentiel
    from binome.regles.regle import Alerte
    from binome.regles.sources import Citation

StatutDeModule: TypeAlias = Literal["a_suivre", "dispense", "acquis"]


class ModulePositionne(NamedTuple):
    """A module and what becomes of it; `minutes` is None when no source gives its length."""

    module: Module
    statut: StatutDeModule


@dataclass(frozen=True, slots=True)
class ForfaitAccorde:
    """Minutes taken off as a lump; `bloc` where the source says which, None where it names nothing."""

    bloc: int | None
    formation: int
    evaluations: int

    def en_json(self) -> dict[str, int | None]:
        """The lump as the JSON contract fixes it."""
        return {"bloc": self.bloc, "formation": self.formation, "evaluations": self.evaluations}


@dataclass(frozen=True, slots=True)
class PourChanger:
    """A minimal set of changes and the better answer it gives."""

    bascule: Bascule
    voie: str | None
    compte: str
    texte: str


@dataclass(frozen=True)
class Positionnement:
    """The whole answer for one dossier; what costs is worked out when it is read.

    `voie` is one of the certification's, or `indetermine`.
    """

    base: Base
    conclusion: Conclusion
    voie: str
    referentiel: Referentiel | None
    minutes: Mapping[str, int | None]
    modules: tuple[ModulePositionne, ...]
    alertes: tuple[Alerte, ...]
    pieces: tuple[PieceAFournir, ...]

    @cached_property
    def motifs(self) -> tuple[Motif, ...]:
        """The reasons, in the order of the tables."""
        return tuple(motifs(self.base, self.conclusion, lambda un: _se_dit(un, self.base)))

    @cached_property
    def motifs_en_json(self) -> list[dict[str, Any]]:
        """The reasons as the JSON contract fixes them."""
        return [motif.en_json() for motif in self.motifs]

    @cached_property
    def alertes_en_json(self) -> list[dict[str, Any]]:
        """The alerts as the JSON contract fixes them."""
        return [alerte_en_json(une, self.sources_de(une)) for une in self.alertes]

    @cached_property
    def manquants(self) -> tuple[str, ...]:
        """The unknown facts that still matter, the one that settles the answer fastest first."""
        return tuple(manquants(self.base, self.conclusion.dossier, self.conclusion.etabli))

    @cached_property
    def pour_changer(self) -> tuple[PourChanger, ...]:
        """Every minimal set of changes that gives a better answer, the lightest first."""
        return _pour_changer(self.base, self.conclusion, self.comptees)

    @cached_property
    def forfaits(self) -> tuple[ForfaitAccorde, ...]:
        """What was taken off without naming the modules."""
        retenues = (
            self.base.regles.get(nom or "") for nom in self.conclusion.etabli.retenues.values()
        )
        effets = (regle.effet for regle in retenues if regle is not None)
        return tuple(
            ForfaitAccorde(un.bloc, un.formation or 0, un.evaluations or 0)
            for un in effets
            if isinstance(un, Forfait)
        )

    @cached_property
    def reserves(self) -> tuple[HeuresAConfirmer, ...]:
        """What would take hours off, and that only somebody else can confirm: the total is a most."""
        return tuple(reserves(self.base, self.conclusion.dossier, self.conclusion.etabli))

    @property
    def plafond(self) -> bool:
        """Whether the hours are the most that they may be, whatever the person answers."""
        return bool(self.reserves)

    @property
    def aussi(self) -> tuple[str, ...]:
        """Every rule that answers yes: some of them change the sentence of the answer."""
        return tuple(nom for nom, verite in self.conclusion.etabli.verites.items() if verite)

    @property
    def genre(self) -> GenreDeVoie | None:
        """The kind of the route; None while it is not known."""
        return self.base.certification.genre(self.voie)

    @property
    def comptees(self) -> int | None:
        """The minutes by which two answers compare; None when no source gives them."""
        return self.minutes[self.base.certification.compte]

    @property
    def au(self) -> date | None:
        """The date whose rules were applied."""
        entree = self.conclusion.dossier[self.base.tables[VOIE].decide_par]
        return entree if isinstance(entree, date) else None

    def en_json(self, champs: Collection[str] | None = None) -> dict[str, Any]:
        """The answer as the JSON contract fixes it; only some keys, and their cost, when asked."""
        return {nom: lire(self) for nom, lire in CHAMPS.items() if champs is None or nom in champs}

    def sources_de(self, alerte: Alerte) -> tuple[Citation, ...]:
        """Where the rule that raised an alert comes from."""
        return sources_de(self.conclusion, alerte)


def _modules_en_json(reponse: Positionnement) -> list[dict[str, Any]]:
    return [
        {
            "code": un.module.code,
            "bloc": un.module.bloc,
            "intitule": un.module.intitule,
            "minutes": un.module.minutes,
            "statut": un.statut,
        }
        for un in reponse.modules
    ]


def _pour_changer_en_json(reponse: Positionnement) -> list[dict[str, Any]]:
    return [
        {
            "changements": faits_en_json(reponse.base.faits, un.bascule.faits),
            "donne": _donne(un),
            "texte": un.texte,
        }
        for un in reponse.pour_changer
    ]


CHAMPS: Final[Mapping[str, Callable[[Positionnement], Any]]] = {
    "voie": lambda un: un.voie,
    "referentiel": lambda un: None if un.referentiel is None else un.referentiel.id,
    "minutes": lambda un: dict(un.minutes),
    "modules": _modules_en_json,
    "forfaits": lambda un: [forfait.en_json() for forfait in un.forfaits],
    "motifs": lambda un: un.motifs_en_json,
    "manquants": lambda un: list(un.manquants),
    "pour_changer": _pour_changer_en_json,
    "alertes": lambda un: un.alertes_en_json,
    "a_confirmer": lambda un: [une.en_json() for une in un.reserves],
    "documents": lambda un: documents((*un.motifs_en_json, *un.alertes_en_json), un.base.sources),
    "base": lambda un: un.base.empreinte,
    "au": lambda un: None if un.au is None else un.au.isoformat(),
}
"""The keys of the contract, in its order."""


def _donne(un: PourChanger) -> dict[str, object]:
    donne: dict[str, object] = {f"minutes_{un.compte}": un.bascule.minutes}
    if un.voie is not None:
        donne["voie"] = un.voie
    return donne


@lru_cache(maxsize=64)
def _regles_des_modules(
    base: Base, referentiel: str
) -> tuple[tuple[Module, tuple[str, ...], tuple[str, ...]], ...]:
    """Each module, with the rules by which it is held, then those that exempt from it."""
    un = base.referentiels[referentiel]
    return tuple(
        (module, regles_acquerant(base, module), regles_dispensant(base, un, module))
        for module in un.modules
    )


def _statut(
    acquerant: Sequence[str], dispensant: Sequence[str], verites: Mapping[str, Any]
) -> StatutDeModule:
    if any(verites.get(regle) for regle in acquerant):
        return "acquis"
    if any(verites.get(regle) for regle in dispensant):
        return "dispense"
    return "a_suivre"


def _modules(
    base: Base, genre: GenreDeVoie | None, referentiel: Referentiel | None, conclusion: Conclusion
) -> tuple[ModulePositionne, ...]:
    if genre == "certification" and referentiel is not None:
        return tuple(
            ModulePositionne(module, _statut(acquerant, dispensant, conclusion.etabli.verites))
            for module, acquerant, dispensant in _regles_des_modules(base, referentiel.id)
        )
    table = table_d_adaptation(base)
    if genre != "adaptation" or table is None:
        return ()
    retenue = base.regles.get(conclusion.etabli.retenues[table] or "")
    effet = None if retenue is None else retenue.effet
    if isinstance(effet, Adaptation) and effet.bloc is not None:
        bloc = base.referentiels[effet.referentiel].bloc(effet.bloc)
        return tuple(ModulePositionne(module, "a_suivre") for module in bloc.modules)
    return ()


def _pour_changer(
    base: Base, conclusion: Conclusion, minutes: int | None
) -> tuple[PourChanger, ...]:
    certification = base.certification
    voie = conclusion.etabli.retenues[VOIE] or INDETERMINE
    resultat = []
    for bascule in basculer(base, conclusion.dossier, juge=JugeDuPositionnement(base)):
        nouvelle = bascule.etabli.retenues[VOIE] or INDETERMINE
        change = None if nouvelle == voie else nouvelle
        levee = bascule.note.reserves < bascule.battue.reserves
        texte = _texte_du_changement(certification, bascule, change, minutes, levee=levee)
        if bascule.note.reserves and change is not None:
            texte = texte.removesuffix(".") + " ; il faudra encore un employeur."
        resultat.append(PourChanger(bascule, change, certification.compte, texte))
    return tuple(resultat)


def _texte_du_changement(
    certification: Certification,
    bascule: Bascule,
    voie: str | None,
    minutes: int | None,
    *,
    levee: bool,
) -> str:
    """What a change gives, in the words of what it does change; `levee`: a condition is met by it."""
    restent = "" if bascule.minutes is None else duree_en_clair(bascule.minutes)
    if voie is not None:
        # Where facts are still missing, nothing is open yet: the refusal alone is lifted.
        ouvre = certification.genre(voie) in FORMATIONS
        dit = certification.voies[voie].ouvre if ouvre else "une voie devient possible"
        return bascule.en_clair(f"{dit}{restent and f', {restent}'}")
    donne = ["la condition d’employeur est remplie"] if levee else []
    if minutes is None and bascule.minutes is not None:
        donne.append(f"la durée est connue, {restent}")
    elif bascule.minutes is not None and minutes is not None and bascule.minutes < minutes:
        moins = duree_en_clair(minutes - bascule.minutes)
        au_lieu = duree_en_clair(minutes)
        donne.append(f"{restent}. C’est {moins} de moins que {au_lieu}")
    return bascule.en_clair(" ; ".join(donne) or "une voie devient possible")


def _se_dit(etape: Etape, base: Base) -> bool:
    """What decides is always told; what informs, only where the rule has words for it."""
    role = base.tables[etape.regle.table].role
    if role == "informe":
        return etape.issue in etape.regle.phrases
    return role in ("prepare", "decide")


def positionner(base: Base, dossier: Dossier, impose: Impose | None = None) -> Positionnement:
    """The whole answer for one dossier: route, hours, reasons, alerts, and what would change it.

    `impose` is what a person settles instead of the rules (`ecart.py`).
    """
    conclusion = base.moteur.decider(dossier, impose)
    voie = conclusion.etabli.retenues[VOIE] or INDETERMINE
    referentiel = base.referentiels.get(conclusion.etabli.retenues[REFERENTIEL] or "")
    minutes = compteur(base).compter(conclusion.etabli)
    oui: Sequence[Etape] = [etape for etape in conclusion.etapes if etape.issue == "oui"]
    return Positionnement(
        base=base,
        conclusion=conclusion,
        voie=voie,
        referentiel=referentiel,
        minutes=minutes,
        modules=_modules(base, base.certification.genre(voie), referentiel, conclusion),
        alertes=tuple(alertes(base, conclusion)),
        pieces=tuple(
            base.pieces[e.regle.effet.code] for e in oui if isinstance(e.regle.effet, PieceDemandee)
        ),
    )
