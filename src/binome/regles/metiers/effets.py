"""The effects that the hours bring to the language: exemptions, lumps, held modules, an adaptation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import duree_en_clair, lire_duree
from binome.regles.dire import enumerer
from binome.regles.lecture import NON_TROUVE
from binome.regles.regle import EffetDeMetier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.base import LireUnEffet
    from binome.regles.referentiels import Referentiel
    from binome.regles.regle import Mots


@dataclass(frozen=True, slots=True)
class Dispense(EffetDeMetier):
    """These modules of a référentiel need not be followed."""

    referentiel: str
    modules: tuple[str, ...]

    def en_clair(self, mots: Mots) -> str:
        """The hours taken off, module by module."""
        modules = [mots.referentiels[self.referentiel].module(code) for code in self.modules]
        total = sum(module.minutes or 0 for module in modules)
        noms = [f"{m.intitule} ({duree_en_clair(m.minutes or 0)})" for m in modules]
        ce = "Ce sont les modules" if len(noms) > 1 else "C’est le module"
        return f"{duree_en_clair(total)} de cours en moins. {ce} {enumerer(noms)}"


@dataclass(frozen=True, slots=True)
class Forfait(EffetDeMetier):
    """A lump of minutes is taken off a référentiel; the source names no module, at most its bloc.

    None where the source does not say how many.
    """

    referentiel: str
    formation: int | None
    evaluations: int | None
    pratique: int | None = 0
    bloc: int | None = None

    def en_clair(self, mots: Mots) -> str:
        """The hours taken off, those that the source gives, and the bloc that it names."""
        if self.formation is None:
            return "des heures en moins, dont la source ne dit pas le nombre"
        dites = [f"{duree_en_clair(self.formation)} de cours"]
        if self.evaluations is not None:
            dites.append(f"{duree_en_clair(self.evaluations)} d’évaluation")
        if self.bloc is None:
            return f"{enumerer(dites)} en moins, sans que la source nomme les modules"
        intitule = mots.referentiels[self.referentiel].bloc(self.bloc).intitule
        return f"{enumerer(dites)} en moins, sur le bloc {self.bloc} « {intitule} », sans que la source nomme les modules"


@dataclass(frozen=True, slots=True)
class Acquis(EffetDeMetier):
    """The module that bears this mark, in any référentiel, is already held."""

    marque: str

    def en_clair(self, mots: Mots) -> str:
        """The hours taken off, and the module."""
        modules = (m for r in mots.referentiels.values() for m in r.modules)
        minutes = [m.minutes for m in modules if m.marque == self.marque]
        durees = {duree_en_clair(un): None for un in minutes if un is not None}
        return f"{enumerer(list(durees), 'ou')} de cours en moins, le module {self.marque.upper()}"


@dataclass(frozen=True, slots=True)
class Adaptation(EffetDeMetier):
    """The adaptation follows one bloc of a référentiel, or its named modules, or lasts so many minutes.

    `minutes` prevails when given; without minutes nor bloc the length is unknown.
    """

    referentiel: str = ""
    bloc: int | None = None
    minutes: int | None = None

    def duree(self, mots: Mots) -> int | None:
        """Its length in minutes; None when no source settles it."""
        if self.minutes is not None or self.bloc is None:
            return self.minutes
        return mots.referentiels[self.referentiel].bloc(self.bloc).minutes

    def en_clair(self, mots: Mots) -> str:
        """Its length, and the bloc that it follows."""
        sigle = " ou ".join(
            mots.certification.voies[voie].sigle
            for voie in mots.certification.du_genre("adaptation")
        )
        minutes = self.duree(mots)
        if minutes is None:
            return f"durée de la {sigle} inconnue"
        if self.bloc is None:
            return f"{sigle} de {duree_en_clair(minutes)}"
        intitule = mots.referentiels[self.referentiel].bloc(self.bloc).intitule
        return f"{sigle} de {duree_en_clair(minutes)}, le bloc {self.bloc} « {intitule} »"


def _duree(brut: Any) -> int | None:
    """Minutes, or None when it is written that no source gives them."""
    return None if brut == NON_TROUVE else lire_duree(brut)


def _dispense(brut: object, referentiels: Mapping[str, Referentiel]) -> Dispense | None:
    match brut:
        case {"referentiel": str(identifiant), "modules": [_, *_] as modules}:
            for code in modules:
                referentiels[identifiant].module(code)
            return Dispense(identifiant, tuple(modules))
        case _:
            return None


def _forfait(brut: object, referentiels: Mapping[str, Referentiel]) -> Forfait | None:
    match brut:
        case {
            "referentiel": str(identifiant),
            "formation": formation,
            "evaluations": evaluations,
            **reste,
        } if not set(reste) - {"pratique", "bloc"}:
            referentiel = referentiels[identifiant]
            bloc = reste.get("bloc")
            if bloc is not None and not isinstance(bloc, int):
                return None
            if bloc is not None:
                referentiel.bloc(bloc)
            pratique = _duree(reste.get("pratique", "0"))
            return Forfait(identifiant, _duree(formation), _duree(evaluations), pratique, bloc)
        case _:
            return None


def _acquis(brut: object, _: Mapping[str, Referentiel]) -> Acquis | None:
    match brut:
        case {"marque": str(marque)}:
            return Acquis(marque)
        case _:
            return None


def _adaptation(brut: object, referentiels: Mapping[str, Referentiel]) -> Adaptation | None:
    match brut:
        case {"referentiel": str(identifiant), "bloc": int(numero)}:
            referentiels[identifiant].bloc(numero)
            return Adaptation(identifiant, numero)
        case {"minutes": str(duree)}:
            return Adaptation(minutes=lire_duree(duree))
        case {}:
            return Adaptation()
        case _:
            return None


EFFETS: Final[Mapping[str, LireUnEffet]] = {
    "dispense": _dispense,
    "forfait": _forfait,
    "acquis": _acquis,
    "adaptation": _adaptation,
}
"""Each effect by the name that the data give it."""
