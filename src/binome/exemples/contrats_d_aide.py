"""Aid contracts of the made-up world: those of the example caisse, drawn as the published figures are; a few of the example practice.

Doctors do not exist: their RPPS begin with zeros, which anybody sees. One example caisse holds the whole country.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import timezone
from stdnum import luhn

from binome.comptes.acteur import Acteur
from binome.comptes.models import Organisation
from binome.comptes.roles import CPAM
from binome.contrats_d_aide.etats import GenreDeContrat, OptionDeContrat
from binome.contrats_d_aide.importer import importer_des_contrats
from binome.contrats_d_aide.lire_une_table import lire_une_ligne
from binome.contrats_d_aide.medecins import MedecinDit, dire_un_medecin
from binome.contrats_d_aide.models import Contrat
from binome.contrats_d_aide.services import ContratDit, agir, preparer
from binome.exemples.chapitre import Chapitre, DejaServie
from binome.exemples.dossiers.calibrage import Repartition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.contrats_d_aide.lire_une_table import LigneDeContrat
    from binome.exemples.acces import Scene
    from binome.exemples.chapitre import Voulu

STOCKS: Final = Path(__file__).with_name("contrats_par_departement.csv")
"""Contracts in each département on four days: DITP, baromètre des résultats, IND-679 (github, data/ind-679.csv, versions 8bab813 and 01a6dec)."""
AVANT_2023: Final = {2019: 272, 2020: 1_605, 2021: 666, 2022: 1_526}
"""New contracts of each year, in the whole country (igas-2023, tableau 6): no source gives them by département."""
OPTIONS: Final = Repartition(
    {OptionDeContrat.TIERS: 300, OptionDeContrat.DEMI: 470, OptionDeContrat.UN: 230},
    "igas-2023, ¶77",
    "The shares of 2022 are taken for every year; more than a full-time post, that nobody counts, is left out.",
)
ZONE: Final = Repartition(
    {"oui": 520, "non": 480}, "Le Quotidien du médecin, 16 juin 2022", "Taken for every year and every département."
)  # fmt: skip
DELAI: Final = 45
"""Days from the signature to the first day of somebody. Hypothesis: no source gives it."""
TAILLES: Final = ((150_000, 9_000), (15_000, 1_000), (0, 40))
"""Contracts of the example caisse, by the dossiers asked for: of the largest set, about those of the country in November 2025 (8 971)."""
ARBRES: Final = ("Tilleul", "Érable", "Bouleau", "Frêne", "Charme", "Hêtre", "Orme", "Saule")


class _Poids(NamedTuple):
    """A département and a year, with the contracts that were signed there then."""

    departement: str
    annee: int
    combien: float


@cache
def _poids() -> tuple[_Poids, ...]:
    """What is drawn from: of each département, what its stock grew by; before 2023, as the country did."""
    total = sum(AVANT_2023.values())
    lus = []
    with STOCKS.open(encoding="utf-8", newline="") as fichier:
        for ligne in csv.DictReader(fichier):
            code, *stocks = ligne.values()
            avant, *suivants = map(int, stocks)
            lus += [
                _Poids(code, annee, avant * combien / total)
                for annee, combien in AVANT_2023.items()
            ]
            dernier = avant
            for annee, stock in zip((2023, 2024, 2025), suivants, strict=True):
                lus.append(_Poids(code, annee, max(0, stock - dernier)))
                dernier = stock
    return tuple(lus)


def tirer_des_contrats(combien: int, graine: int, jour: date) -> list[Mapping[str, str]]:
    """As many rows of a caisse's table, no day after `jour`; the same seed gives the same."""
    hasard = Random(f"contrats:{graine}")  # noqa: S311 - made-up people, not secrets
    poids = _poids()
    cumules = list(accumulate(un.combien for un in poids))
    rangs: list[Mapping[str, str]] = []
    for rang, un in enumerate(hasard.choices(poids, cum_weights=cumules, k=combien)):
        signe = _un_jour(hasard, un.annee, jour)
        commence = signe + timedelta(days=DELAI)
        chiffres = f"000{graine % 1000:03d}{rang:04d}" if combien <= 10_000 else f"00{rang:08d}"
        ligne = {
            "rpps": chiffres + luhn.calc_check_digit(chiffres),
            "nom": f"Exemple {ARBRES[rang % len(ARBRES)]}",
            "prenom": f"N° {rang + 1}",
            "specialite": "medecine_generale",
            "cabinet": f"Cabinet d’exemple {rang + 1}",
            "departement": un.departement,
            "zone": _selon(hasard, ZONE),
            "option": _selon(hasard, OPTIONS),
            "signe_le": signe.isoformat(),
        }
        if commence <= jour:
            ligne["commence_le"] = commence.isoformat()
        rangs.append(ligne)
    return rangs


def _selon(hasard: Random, repartition: Repartition) -> str:
    parts = repartition.parts
    return str(hasard.choices(list(parts), weights=list(parts.values()))[0])


def _un_jour(hasard: Random, annee: int, jour: date) -> date:
    """A day of a year, before today; the aid began on 20 August 2019."""
    premier = date(2019, 8, 20) if annee == 2019 else date(annee, 1, 1)
    dernier = min(date(annee, 12, 31), jour)
    return premier + timedelta(days=hasard.randrange(max(1, (dernier - premier).days)))


def _verifier() -> None:
    if Contrat.objects.exists():
        raise DejaServie(
            "La base a déjà des contrats d’aide : les exemples ne s’ajoutent qu’à une base vide."
        )


def _ecrire(scene: Scene, voulu: Voulu) -> None:
    caisse = Organisation.objects.filter(genre=CPAM, exemple=True).earliest("pk")
    par = Acteur(scene.personnes["cpam"])
    jour = min(voulu.jour, timezone.localdate())
    combien = next(contrats for taille, contrats in TAILLES if voulu.taille >= taille)
    lignes: list[LigneDeContrat] = [
        lire_une_ligne(rang, une) for rang, une in enumerate(tirer_des_contrats(combien, voulu.graine, jour), 2)
    ]  # fmt: skip
    importer_des_contrats(caisse, par, lignes)
    _du_cabinet(scene, caisse, jour)


def _du_cabinet(scene: Scene, caisse: Organisation, jour: date) -> None:
    """Two doctors share an assistant promoted from the secretary's post; a third is suspended, a fourth prepares; a group too."""
    par = Acteur(scene.personnes["employeur"])
    un, deux = (
        _en_cours(scene, caisse, par, rang, jour - timedelta(days=jours))
        for rang, jours in ((0, 800), (1, 300))
    )
    depuis = jour - timedelta(days=290)
    poste = un.postes.earliest("pk")
    agir(un, "noter", par, nature="afgsu", poste=poste, du=depuis)
    agir(
        un,
        "noter",
        par,
        nature="absence",
        poste=poste,
        du=jour - timedelta(days=40),
        au=jour - timedelta(days=21),
    )
    agir(
        un,
        "fixer",
        par,
        rang=3,
        mt_depart=1_000,
        mt_attendu=1_100,
        fa_depart=1_500,
        fa_attendu=1_600,
        dit_par="contrat",
    )
    agir(un, "relever", par, jour=jour - timedelta(days=30), mt=1_060, fa=1_580)
    agir(deux, "relever", par, jour=jour - timedelta(days=30), mt=900)
    trois = _en_cours(scene, caisse, par, 2, jour - timedelta(days=500))
    agir(trois, "suspendre", par, du=jour - timedelta(days=60))
    preparer(_dit(scene, caisse, par, 3), par)
    groupe = preparer(
        ContratDit(
            genre=GenreDeContrat.COLLECTIF, societe=scene.cabinet, signataire=scene.cabinet, caisse=caisse,
            departement="35", zone=True, etp=100, faits={"secteur": "1"},
        ), par,
    )  # fmt: skip
    for rang in (4, 5):
        agir(groupe, "adherer", par, medecin=dire_un_medecin(_medecin(rang), par), entree=jour)


def _medecin(rang: int) -> MedecinDit:
    chiffres = f"009999990{rang}"
    return MedecinDit(
        f"Exemple {ARBRES[rang]}", "Docteur", chiffres + luhn.calc_check_digit(chiffres), "medecine_generale"
    )  # fmt: skip


def _dit(scene: Scene, caisse: Organisation, par: Acteur, rang: int) -> ContratDit:
    faits: dict[str, Any] = {
        "secteur": "1", "patientele_mt": 1_000, "file_active": 1_500, "nouvel_installe": False,
        "exercice_particulier": False, "exercice_regroupe": True, "exercice_coordonne": True,
    }  # fmt: skip
    return ContratDit(
        medecin=dire_un_medecin(_medecin(rang), par), signataire=scene.cabinet, caisse=caisse, departement="35",
        zone=False, option=OptionDeContrat.DEMI, bande="p50_p70", faits=faits,
    )  # fmt: skip


def _en_cours(scene: Scene, caisse: Organisation, par: Acteur, rang: int, signe: date) -> Contrat:
    """A half-time contract that runs since a day; the first two pay the same person, who was a secretary."""
    contrat = preparer(_dit(scene, caisse, par, rang), par)
    agir(contrat, "signer", par, signe_le=signe)
    agir(
        contrat, "poser", par, genre="assistant", nom="Exemple Noisetier" if rang < 2 else "Exemple Cornouiller",
        part=5_000, du=signe, promue=rang < 2,
    )  # fmt: skip
    agir(contrat, "commencer", par, le=signe)
    return contrat


CHAPITRE: Final = Chapitre("contrats-d-aide", _verifier, _ecrire)
