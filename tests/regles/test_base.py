"""The base as a whole: its canonical text, its views together, its codes, what an amount waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.regles.courante import base_courante
from binome.regles.lot import codes
from binome.regles.manquants import inconnus
from binome.regles.metiers.aide import aider
from tests.regles.test_aide import GENERALISTE

if TYPE_CHECKING:
    from binome.regles.base import Base


def test_le_texte_exporte_est_canonique(base: Base) -> None:
    """Keys in order, no useless space, accents as they are: its hash can be taken again for years."""
    texte = base.exporter()
    assert texte.startswith('{"coherences":[{"apres":"date_entree","avant":"date_naissance",')
    assert "référentiel" in texte
    assert "\\u00e9" not in texte


def test_plusieurs_vues_reunies_posent_les_questions_de_chacune() -> None:
    entiere = base_courante()
    deux = entiere.reunir("aide", "echeances")
    assert {"option_etp", "secretaire_promue", "date_entree"} <= set(deux.faits)
    assert "heures_formation" not in deux.faits
    assert (dict(deux.tables), deux.leviers, dict(deux.montants)) == ({}, (), {})
    assert entiere.reunir("aide", "echeances") is deux
    assert entiere.reunir("aide") is not deux


def test_un_montant_dit_ce_qu_il_attend() -> None:
    vue = base_courante().vue("aide")
    conclusion = aider(base_courante(), vue.lire(GENERALISTE)).conclusion
    attend = inconnus(vue).du_montant
    lus = (conclusion.dossier, conclusion.etabli)
    assert "salaire_charge_mensuel_cents" in attend("reste_employeur_cents", *lus)
    assert attend("aide_max_cents", *lus) == frozenset()


def test_les_petits_nombres_des_reponses_ont_leurs_noms(base: Base) -> None:
    assert set(codes(base)) == {"voie", "referentiel"}
    assert {"cqp", "fae", "deja_certifie", "refus"} <= set(codes(base)["voie"].values())
    assert "aucune" not in codes(base)["voie"].values()
