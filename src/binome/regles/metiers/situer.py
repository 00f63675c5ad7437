"""What the positioning decides, laid down as facts for the views that stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.regles.calendrier import age_le
from binome.regles.certification import FORMATIONS
from binome.regles.manquants import manquants
from binome.regles.metiers.heures import POSITIONNEMENT, VOIE
from binome.regles.quantites import compteur

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.compiler import Etabli
    from binome.regles.faits import Dossier


def situer(vue: Base, dossier: Dossier) -> Dossier:
    """A dossier of this view, with what the positioning of the same person gives.

    Fills `voie` and `minutes_positionnement`, `objectif` when nobody said what the training is for,
    and `age` from the date of birth, on the day of entry. What was given is kept.
    """
    situe = dict(dossier)
    etabli = _positionner(vue, dossier)
    voie = etabli.retenues[VOIE]
    situe["voie"] = voie
    if "objectif" in situe:
        # A route that is a training may be what it is for.
        formation = vue.certification.genre(voie) in FORMATIONS
        if situe["objectif"] is None and formation:
            situe["objectif"] = voie
        memes = situe["objectif"] == voie and formation
        total = compteur(vue.vue(POSITIONNEMENT)).compter(etabli)["total"]
        situe["minutes_positionnement"] = total if memes else None
        if situe["age"] is None:
            situe["age"] = age_le(situe["date_naissance"], situe["date_entree"])
    return vue.completer(situe)


def manquants_pour_situer(base: Base, dossier: Dossier) -> list[str]:
    """The unknown facts that keep the positioning open, the one that settles it fastest first."""
    vue = base.vue(POSITIONNEMENT)
    return manquants(vue, _commun(vue, dossier), _positionner(base, dossier))


def _positionner(base: Base, dossier: Dossier) -> Etabli:
    vue = base.vue(POSITIONNEMENT)
    return vue.moteur.resoudre(_commun(vue, dossier))


def _commun(vue: Base, dossier: Dossier) -> Dossier:
    return {nom: dossier[nom] for nom in vue.faits}
