"""A lot answered by classes says what the plan says, and what deciding one by one says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, product
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binome.regles.bande import Col
from binome.regles.classes import chiffre_d_une_echelle, chiffres, nombre_de_classes
from binome.regles.courante import base_courante
from binome.regles.grille import grille
from binome.regles.lot import _plan, _preparer, _repondeur, decider_lot
from binome.regles.repondeur import Repondeur, repondeur
from tests.regles.essais import COLONNES, base_avec, regle, table
from tests.regles.test_lot import comparer, dossiers_quelconques, en_colonnes, une_par_une

if TYPE_CHECKING:
    from binome.regles.base import Base


def par_le_plan(frame: pl.DataFrame, base: Base, *, noms: bool) -> pl.DataFrame:
    """The same, every row decided: with the alerts, the classes are too many."""
    assert _repondeur(base, pl, True, noms) is None
    decide: pl.DataFrame = decider_lot(frame, base, alertes=True, noms=noms)
    return decide.select(COLONNES)


@pytest.mark.lourd
@pytest.mark.parametrize(
    "avec",
    [
        pytest.param(avec, marks=pytest.mark.long(4))
        for avec in ((), ("igas-8",), ("igas-9",), ("igas-11",))
    ],
)
def test_toute_la_grille_par_classes_dit_ce_que_dit_le_plan(avec: tuple[str, ...]) -> None:
    base = base_courante(*avec)
    frame = en_colonnes(list(grille(base)), base)
    assert frame.height > 40_000
    assert isinstance(_repondeur(base, pl, False, True), Repondeur)
    for noms in (True, False):
        comparer(decider_lot(frame, base, noms=noms), par_le_plan(frame, base, noms=noms))
    morceaux: pl.LazyFrame = decider_lot(pl.concat([frame] * 4).lazy(), base)
    comparer(
        morceaux.select(COLONNES).collect(engine="streaming"),
        pl.concat([par_le_plan(frame, base, noms=True)] * 4),
    )


@settings(max_examples=40)
@given(st.data())
def test_des_dossiers_quelconques_aussi(base: Base, data: st.DataObject) -> None:
    dossiers = data.draw(dossiers_quelconques(base))
    temoin = une_par_une(dossiers, base).select(COLONNES)
    comparer(decider_lot(en_colonnes(dossiers, base), base), temoin)


CONDITIONS: dict[str, dict[str, Any]] = {
    "est": {"fait": "niveau_diplome", "est": 4},
    "parmi": {"fait": "niveau_diplome", "parmi": [3, 5]},
    "entre": {"fait": "niveau_diplome", "entre": [3, 5]},
    "au_plus": {"fait": "experience_dentaire_mois", "au_plus": 12},
    "au_moins": {"fait": "experience_dentaire_mois", "au_moins": 12},
    "avant": {"fait": "date_jury", "avant": date(2025, 2, 28)},
    "apres": {"fait": "date_jury", "apres": date(2025, 2, 28)},
    "avant_lie": {"fait": "date_jury", "avant": {"fait": "afgsu_date", "plus_mois": 12}},
    "apres_lie": {"fait": "date_jury", "apres": {"fait": "afgsu_date", "plus_mois": 12}},
    "moins_lie": {"fait": "date_jury", "au_moins": {"fait": "afgsu_date", "plus_mois": 12}},
    "plus_lie": {"fait": "date_jury", "au_plus": {"fait": "afgsu_date", "plus_mois": 12}},
    "connu": {"fait": "contrat", "connu": True},
    "choix": {"fait": "situation", "parmi": ["autre", "salarie_cabinet"]},
    "contient": {"fait": "diplomes", "contient": ["ide", "aide_soignant"]},
}


@pytest.mark.parametrize("nom", CONDITIONS)
def test_une_classe_ne_melange_pas_ce_qu_une_comparaison_distingue(nom: str) -> None:
    """Each operator alone, around its bounds and unknown: one truth only in each class."""
    base = base_avec(
        table(
            regle("essai.un", CONDITIONS[nom], alors={"alerte": {"code": "un", "texte": "Un"}}),
            role="alerte",
        )
    )
    essai = base.tables["essai"]
    plan = _plan(base, pl, True)
    jours = [date(2024, 2, 27) + timedelta(days=n) for n in range(4)]
    valeurs: dict[str, list[Any]] = {
        "niveau_diplome": [None, 2, 3, 4, 5, 6],
        "experience_dentaire_mois": [None, 11, 12, 13],
        "date_jury": [None, *(date(2025, 2, 27) + timedelta(days=n) for n in range(3))],
        "afgsu_date": [None, *jours],
        "contrat": [None, "cdi"],
        "situation": [None, "autre", "salarie_cabinet", "salarie_autre"],
        "diplomes": [None, frozenset(), frozenset({"ide"}), frozenset({"aide_soignant"})],
    }
    lus = dict.fromkeys((CONDITIONS[nom]["fait"], "afgsu_date"))
    dossiers = [
        {**dict.fromkeys(base.faits), **dict(zip(lus, un, strict=True))}
        for un in product(*(valeurs[lu] for lu in lus))
    ]
    frame = _preparer(en_colonnes(dossiers, base).lazy(), plan)
    verite = plan.traducteur.condition(essai.regles[0].si).alias("verite")
    temoin = frame.select(verite).collect()
    assert temoin["verite"].n_unique() == (2 if nom == "connu" else 3)
    lus_par_les_classes = chiffres([essai], plan.traducteur)
    assert nombre_de_classes(lus_par_les_classes) <= 8
    # In both orders: whichever dossier stands for its class, the others must be like it.
    for ordre in (frame, frame.reverse()):
        repondre = Repondeur(lus_par_les_classes, plan.traducteur, [], [verite])
        assert repondre.poser(ordre, []).collect().equals(ordre.select(verite).collect())


def test_ce_qui_est_appris_ne_l_est_qu_une_fois(monkeypatch: pytest.MonkeyPatch) -> None:
    base = base_avec()
    appris: list[int] = []
    vrai = Repondeur._apprendre

    def apprendre(self: Repondeur, classes: pl.Series, *reste: Any) -> None:
        appris.append(len(classes))
        vrai(self, classes, *reste)

    monkeypatch.setattr(Repondeur, "_apprendre", apprendre)
    frame = en_colonnes(list(islice(grille(base), 2000)), base)
    une_fois = decider_lot(frame, base)
    assert appris
    appris.clear()
    assert decider_lot(frame, base).equals(une_fois)
    assert appris == []


def test_trop_de_classes_laissent_faire_le_plan() -> None:
    plan = _plan(base_avec(), pl, False)
    sorties = plan.sorties(noms=False)
    nombre = nombre_de_classes(chiffres(plan.tables, plan.traducteur))
    assert repondeur(plan.tables, plan.traducteur, [], sorties, au_plus=nombre - 1) is None
    assert repondeur(plan.tables, plan.traducteur, [], sorties, au_plus=nombre) is not None


def test_autant_de_reponses_que_l_on_veut() -> None:
    """Beyond what one byte counts and deeper than Python calls itself, in one lot and then in another; unknown integers come back."""
    plan = _plan(base_courante(), pl, False)
    operation, lu = Col("n"), pl.col("n")
    chiffre = chiffre_d_une_echelle(operation, [operation >= un for un in range(1, 1201)])
    sorties = [
        lu.alias("m"),
        pl.when(lu != 7).then(lu.cast(pl.Int16)).alias("troue"),
        pl.when(lu < 100).then(lu.cast(pl.String)).alias("souvent_inconnue"),
    ]
    repondre = Repondeur([chiffre], plan.traducteur, [], sorties)
    for valeurs in (range(200), [*range(1201), None], [None, 7], []):
        frame = pl.DataFrame({"n": valeurs}, schema={"n": pl.Int32})
        assert repondre.poser(frame.lazy(), ["n"]).collect().equals(frame.select("n", *sorties))


def test_une_frame_vide_a_ses_colonnes(base: Base) -> None:
    vide = pl.DataFrame(schema={"moi": pl.String, "date_entree": pl.Date})
    decide = decider_lot(vide, base)
    assert decide.columns == ["moi", "date_entree", *COLONNES]
    assert decide.schema["voie"] == pl.String
    assert decide.height == 0
