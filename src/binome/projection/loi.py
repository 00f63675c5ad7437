"""What the rule base says on a day that the projection counts with: hours, exemptions, rates, clocks.

Read by the same door as everyone (`positionner`, `financer`, the clocks of `echeances`): a reform that
is laid over the base moves both. Where the base is silent, the last thing that it said is kept, and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from binome.projection.parametres import effet_des_recommandations, parametres
from binome.regles.courante import base_courante
from binome.regles.courante import reformes as reformes_des_regles
from binome.regles.metiers.financement import financer
from binome.regles.metiers.positionnement import positionner
from binome.regles.regle import Horloge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.regles.base import Base

UNE_HEURE: Final = 60
JURY_COMPRIS: Final = 3
"""Months kept for the jury when a clock speaks of the certificate and not of the entry."""
PREMIER_JOUR: Final = date(2021, 1, 1)
"""The first day of the first référentiel."""

_EN_POSTE: Final = {"situation": "salarie_cabinet", "contrat": "cdi", "afgsu_niveau": 0}
_PROFILS: Final = {
    "cqp": {"diplomes": [], "niveau_diplome": 4, "experience_secretaire_mois": 0},
    "secretaire": {
        "diplomes": ["secretaire_medical"], "niveau_diplome": 4, "experience_secretaire_mois": 0,
    },
    "secretaire_ancienne": {
        "diplomes": ["secretaire_medical"], "niveau_diplome": 4, "experience_secretaire_mois": 24,
    },
    "soignant": {"diplomes": ["ide"], "niveau_diplome": 6, "experience_secretaire_mois": 0},
    "niveau_3": {"diplomes": [], "niveau_diplome": 3, "experience_secretaire_mois": 0},
}  # fmt: skip
"""Who is asked about: what a profile changes is what the rules make of it."""


@dataclass(frozen=True, slots=True)
class LoiDuJour:
    """The rules of a day, in minutes, cents an hour and months (`duree_cqp_mois`: at least, at most)."""

    minutes_cqp: int
    minutes_secretaire: int
    minutes_secretaire_ancienne: int
    minutes_fae: int
    pedagogie_cents: int
    salaire_cents: int
    duree_cqp_mois: tuple[int, int]
    delai_entree_mois: int
    niveau_3_entre: bool


def reformes_de_la_base(noms: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that the rule base carries out, in order."""
    connues = reformes_des_regles()
    return tuple(sorted(nom for nom in noms if nom in connues))


def delai_d_entree(base: Base, jour: date) -> int | None:
    """Months from the hiring to the entry, for a contract of that day: the shortest clock in force.

    Where only the certificate has a clock, what is left before the training and its jury.
    """
    vue = base.vue("echeances")
    trouves: dict[str, int] = {}
    for table in ("echeance-entree", "echeance-qualification"):
        mois = [
            une.effet.mois
            for une in vue.tables[table].regles
            if une.couvre(jour) and isinstance(une.effet, Horloge) and une.effet.mois
        ]
        if mois:
            trouves[table] = min(mois)
    if "echeance-entree" in trouves:
        return trouves["echeance-entree"]
    if "echeance-qualification" in trouves:
        _, au_plus = _duree(base, jour) or _duree_par_defaut()
        return trouves["echeance-qualification"] - au_plus - JURY_COMPRIS
    return None


@lru_cache(maxsize=512)
def delai_passe(jour: date) -> int:
    """The months that a contract of that day left before the entry; those of the first rule before any."""
    du_jour = delai_d_entree(base_courante(), jour)
    return du_jour if du_jour is not None else lue(PREMIER_JOUR)["delai_entree_mois"] or 0


@lru_cache(maxsize=512)
def duree_passee(jour: date) -> tuple[int, int]:
    """The months of the CQP of that day, at least and at most."""
    return _duree(base_courante(), jour) or _duree_par_defaut()


def _duree_par_defaut() -> tuple[int, int]:
    _, bas, haut = parametres()["duree_cqp_mois"].loi("A")
    return round(bas), round(haut)


def _duree(base: Base, jour: date) -> tuple[int, int] | None:
    for un in base.referentiels.values():
        if un.du <= jour <= un.au:
            dits = re.match(r"(\d+)(?: à (\d+))? mois", un.duree_mois)
            if dits:
                return int(dits[1]), int(dits[2] or dits[1])
    return None


@lru_cache(maxsize=512)
def lue(jour: date, reformes: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """The fields of LoiDuJour as the base gives them, None where it does not, with its overlays laid over it."""
    base = base_courante(*reformes)
    reponses = {
        nom: positionner(base, base.lire({**_EN_POSTE, **profil, "date_entree": jour.isoformat()}))
        for nom, profil in _PROFILS.items()
    }
    minutes = {
        nom: une.minutes["total"] if une.voie in {"cqp", "fae"} else None
        for nom, une in reponses.items()
    }
    vue = base.vue("financement")
    demande = {
        "date_entree": jour.isoformat(), "situation": "salarie_cabinet", "objectif": "cqp",
        "heures_formation": 1,
    }  # fmt: skip
    pdc = next(une for une in financer(base, vue.lire(demande)).voies if une.code == "pdc")
    return {
        "minutes_cqp": minutes["cqp"],
        "minutes_secretaire": minutes["secretaire"],
        "minutes_secretaire_ancienne": minutes["secretaire_ancienne"],
        "minutes_fae": minutes["soignant"],
        "pedagogie_cents": pdc.montants["pedagogie"],
        "salaire_cents": pdc.montants["salaire"],
        "duree_cqp_mois": _duree(base, jour),
        "delai_entree_mois": delai_d_entree(base, jour),
        "niveau_3_entre": reponses["niveau_3"].voie == "cqp",
    }


@lru_cache(maxsize=512)
def loi(jour: date, reformes: tuple[str, ...] = ()) -> tuple[LoiDuJour, tuple[str, ...]]:
    """The rules of a day without a hole, and the names of what the base did not say.

    Hours are those of the last référentiel that had any; rates, clocks and lengths, of the parameters.
    A reform only moves what it changes on the day when it takes effect.
    """
    champs, muets = _sans_trou(jour)
    if reformes:
        effet = max(jour + timedelta(days=1), effet_des_recommandations())
        sans, avec = lue(effet), lue(effet, reformes)
        champs |= {nom: avec[nom] for nom in champs if avec[nom] != sans[nom]}
    return LoiDuJour(**champs), muets


def _sans_trou(jour: date) -> tuple[dict[str, Any], tuple[str, ...]]:
    dits, avant = lue(jour), lue(_dernier_jour_connu(jour))
    muets = tuple(nom for nom, valeur in dits.items() if valeur is None)
    inconnues = parametres()
    secours = {
        **avant,
        "pedagogie_cents": round(100 * inconnues["taux_pedagogie_euros"].le(jour)),
        "salaire_cents": round(100 * inconnues["taux_salaire_euros"].le(jour)),
        "duree_cqp_mois": _duree_par_defaut(),
        "delai_entree_mois": delai_passe(jour),
    }
    return {nom: secours[nom] if nom in muets else valeur for nom, valeur in dits.items()}, muets


def _dernier_jour_connu(jour: date) -> date:
    """The last day, up to this one, of a référentiel; the first day of the first one before any."""
    fins = [min(jour, un.au) for un in base_courante().referentiels.values() if un.du <= jour]
    return max(fins, default=PREMIER_JOUR)
