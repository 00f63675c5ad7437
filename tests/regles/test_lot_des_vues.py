"""Money, aid and clocks: the columns say what one dossier is told, on the whole boundary grid."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pytest

from binome.regles.calendrier import ajouter_mois
from binome.regles.conditions import AConfirmer, parcourir
from binome.regles.grille import grille
from binome.regles.lot import colonnes_decidees, decider_lot, nom_d_echeance, regles_d_echeance
from binome.regles.quantites import colonne_de, compteur
from binome.regles.regle import Horloge

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.faits import Dossier


VUES = ("financement", "aide", "echeances")
TYPES: dict[str, Any] = {
    "date": pl.Date,
    "entier": pl.Int64,
    "decimal": pl.Int64,
    "booleen": pl.Boolean,
    "choix": pl.String,
    "liste": pl.String,
}


def en_colonnes(dossiers: list[Dossier], vue: Base) -> pl.DataFrame:
    colonnes = [pl.Series("rang", range(len(dossiers)))]
    for fait in vue.faits.values():
        valeurs: list[Any] = [dossier[fait.nom] for dossier in dossiers]
        if fait.type == "liste":
            valeurs = [None if v is None else ";".join(sorted(v)) for v in valeurs]
        colonnes.append(pl.Series(fait.nom, valeurs, TYPES[fait.type]))
    return pl.DataFrame(colonnes)


def _jour(effet: Horloge, dossier: Dossier) -> date | None:
    depuis = dossier[effet.fait] if effet.fait else None
    if effet.le or not isinstance(depuis, date):
        return effet.le
    return ajouter_mois(depuis, effet.mois) - timedelta(days=effet.veille)


def _ligne(vue: Base, dossier: Dossier) -> dict[str, Any]:
    """What one dossier is told, by the scalar reading."""
    etabli = vue.moteur.decider(dossier).etabli
    ligne: dict[str, Any] = {}
    for nom in vue.question.sorties:
        retenue = etabli.retenues[nom]
        absente = retenue in (None, "aucune", "aucun")
        sinon = "indetermine" if nom in vue.question.cibles else None
        ligne[nom] = sinon if absente else retenue
    for nom, montant in compteur(vue).compter(etabli, dossier).items():
        ligne[colonne_de(vue, nom)] = montant
    for code, regles in regles_d_echeance(vue).items():
        jours = [
            (vrai is None, jour)
            for regle in regles
            if isinstance(regle.effet, Horloge)
            and (vrai := etabli.verites.get(regle.id, False)) is not False
            and not (vrai is None and regle.effet.le)
            and (jour := _jour(regle.effet, dossier)) is not None
        ]
        # What runs for sure comes before what may run, whichever is the earlier.
        ligne[nom_d_echeance(code)] = min(jours, default=(True, None))[1]
    return ligne


@pytest.fixture(scope="module", params=VUES)
def vue(request: pytest.FixtureRequest, base: Base) -> Base:
    choisie: Base = base.vue(request.param)
    return choisie


def _comparer(lot: pl.DataFrame, lignes: list[dict[str, Any]], vue: Base) -> None:
    for nom in colonnes_decidees(vue):
        attendues = [ligne[nom] for ligne in lignes]
        ecarts = [
            (rang, obtenue, attendue)
            for rang, (obtenue, attendue) in enumerate(
                zip(lot[nom].to_list(), attendues, strict=True)
            )
            if obtenue != attendue
        ]
        assert ecarts == [], f"{nom} : {len(ecarts)} écarts, d’abord {ecarts[:3]}"


@cache
def _grille(vue: Base) -> list[Dossier]:
    return list(grille(vue))


def _un_par_un_et_en_colonnes(dossiers: list[Dossier], vue: Base) -> None:
    lignes = [_ligne(vue, dossier) for dossier in dossiers]
    frame = en_colonnes(dossiers, vue)
    _comparer(decider_lot(frame, vue), lignes, vue)
    relation = decider_lot(duckdb.from_arrow(frame.to_arrow()), vue)
    _comparer(relation.pl().sort("rang"), lignes, vue)


@pytest.mark.long(30)
def test_polars_et_duckdb_disent_comme_un_par_un_sur_toute_la_grille(vue: Base) -> None:
    assert len(_grille(vue)) > 200
    _un_par_un_et_en_colonnes(_grille(vue), vue)


def test_ils_le_disent_deja_sur_un_echantillon_de_la_grille(vue: Base) -> None:
    _un_par_un_et_en_colonnes(_grille(vue)[::37], vue)


@pytest.mark.long(8)
@pytest.mark.lourd
def test_la_grille_touche_les_deux_cotes_de_chaque_regle(vue: Base) -> None:
    """A grid that never meets a rule's yes or no would prove nothing of it."""
    vues: dict[str, set[bool | None]] = {nom: set() for nom in vue.regles}
    for dossier in _grille(vue):
        for nom, verite in vue.moteur.decider(dossier).etabli.verites.items():
            vues[nom].add(verite)
    tues = {
        nom
        for nom, regle in vue.regles.items()
        if any(isinstance(noeud, AConfirmer) for noeud in parcourir(regle.si))
    }
    assert [nom for nom, un in vues.items() if not un - {None} and nom not in tues] == []


def test_les_faits_deduits_se_calculent_pareil_en_colonnes(base: Base) -> None:
    vue = base.vue("financement")
    objets: list[dict[str, Any]] = [
        {"heures_formation": 283.5, "duree_parcours_mois": 7, "heures_semaine": 35},
        {"heures_formation": 279, "duree_parcours_mois": 12, "heures_semaine": 17.5},
        {"duree_parcours_mois": 10, "heures_semaine": 0.01 * 2839},
        {"heures_formation": 0.01},
        {},
    ]
    dossiers = [vue.lire(objet) for objet in objets]
    derives = ("minutes_formation", "minutes_contrat")
    assert [dossiers[0][nom] for nom in derives] == [17010, 63700]
    assert [dossiers[1][nom] for nom in derives] == [16740, 54600]
    sans = en_colonnes(dossiers, vue).drop(derives)
    gardees: pl.DataFrame = decider_lot(sans.with_columns(), vue)
    assert gardees.height == len(objets)
    from binome.regles.lot import preparer  # noqa: PLC0415 - only this test looks inside

    prepare: pl.DataFrame = preparer(sans, vue)
    for nom in derives:
        assert prepare[nom].to_list() == [dossier[nom] for dossier in dossiers]


def test_les_mois_se_bornent_pareil_sur_les_moteurs(base: Base) -> None:
    vue = base.vue("echeances")
    jours = [date(2024, 2, 29), date(2023, 8, 31), date(2025, 8, 30), date(2024, 12, 31)]
    dossiers = [
        vue.lire({"date_prise_fonction": un.isoformat(), "afgsu_date": un.isoformat(),
                  "date_signature_contrat_aide": un.isoformat()})
        for un in jours
    ]  # fmt: skip
    lignes = [_ligne(vue, dossier) for dossier in dossiers]
    assert lignes[0]["echeance_afgsu"] == date(2028, 2, 29)
    assert lignes[0]["echeance_anniversaire"] == date(2025, 2, 28)
    assert lignes[0]["echeance_fin_contrat"] == date(2029, 2, 27)
    assert lignes[1]["echeance_remplacement_secretaire"] == date(2024, 2, 29)
    frame = en_colonnes(dossiers, vue)
    _comparer(decider_lot(frame, vue), lignes, vue)
    _comparer(decider_lot(duckdb.from_arrow(frame.to_arrow()), vue).pl().sort("rang"), lignes, vue)
