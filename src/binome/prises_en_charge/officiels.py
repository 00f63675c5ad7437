"""The fields of the official forms of a route, filled in the order of the form, with what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from binome.dossiers.bases import base_de
from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from binome.prises_en_charge.models import PriseEnCharge

ICI: Final = Path(__file__).parent


@dataclass(frozen=True)
class ChampOfficiel:
    """A field: its name, what Binôme fills it with; `connu` where Binôme may know it."""

    mot: str
    valeur: str
    connu: bool


@dataclass(frozen=True)
class CadreOfficiel:
    """A frame of a form, its fields in order."""

    titre: str
    champs: tuple[ChampOfficiel, ...]


@dataclass(frozen=True)
class FormulaireOfficiel:
    """A form: its frames in order, and where its fields come from."""

    titre: str
    source: str
    cadres: tuple[CadreOfficiel, ...]

    @property
    def manquent(self) -> int:
        """How many fields are left to fill by hand."""
        return sum(not un.valeur for cadre in self.cadres for un in cadre.champs)


@cache
def _donnees() -> dict[str, Any]:
    return dict(lire_yaml(ICI / "officiels.yaml"))


def a_un_formulaire(voie: str) -> bool:
    """Whether a route has a form whose fields a source gives."""
    return voie in _donnees()


def rempli(prise: PriseEnCharge) -> FormulaireOfficiel | None:
    """The form of a request, filled; None for a route without one."""
    lu = _donnees().get(prise.voie)
    if lu is None:
        return None
    valeurs = _valeurs(prise)
    return FormulaireOfficiel(
        lu["titre"],
        lu["source"],
        tuple(
            CadreOfficiel(
                cadre["titre"],
                tuple(
                    ChampOfficiel(un["mot"], valeurs.get(un.get("valeur", ""), ""), "valeur" in un)
                    for un in cadre["champs"]
                ),
            )
            for cadre in lu["cadres"]
        ),
    )


def _valeurs(prise: PriseEnCharge) -> dict[str, str]:
    parcours = prise.parcours
    dossier = parcours.dossier
    referentiel = base_de(dossier.certification).referentiels.get(parcours.referentiel)
    minutes = prise.minutes_accordees or prise.minutes_demandees
    return {
        "employeur": dossier.employeur if prise.employeur is None else prise.employeur.nom,
        "siret_employeur": prise.employeur_identifiant,
        "personne": dossier.personne,
        "telephone": dossier.telephone,
        "courriel": dossier.courriel,
        "naissance": dossier.naissance_dite,
        "organisme": prise.organisme.nom,
        "siret_organisme": prise.organisme.identifiant,
        "intitule": parcours.referentiel if referentiel is None else referentiel.titre,
        "evaluations": "" if parcours.evaluations is None else duree_en_clair(parcours.evaluations),
        "heures": duree_en_clair(minutes),
        "debut": date_en_clair(prise.debut),
        "fin": date_en_clair(prise.fin),
        "payeur": prise.nom_du_payeur,
    }
