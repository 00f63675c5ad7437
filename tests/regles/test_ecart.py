"""A departure settled by hand: the answer is worked out again from it, and says against what."""

from __future__ import annotations

from typing import Any

import pytest

from binome.regles.courante import base_courante
from binome.regles.metiers.ecart import Derogation, contre, offres, repondre_avec
from binome.regles.metiers.positionnement import positionner

BASE = base_courante().vue("positionnement")
SECRETAIRE = "dispense.40913.secretaire"
DENTAIRE = "dispense.40913.dentaire"
FAITS: dict[str, Any] = {
    "date_entree": "2026-01-15",
    "diplomes": ["secretaire_medical"],
    "niveau_diplome": 4,
    "experience_secretaire_mois": 60,
    "afgsu_niveau": 0,
    "situation": "salarie_cabinet",
    "contrat": "cdi",
}


def faits(**autres: Any) -> Any:
    return BASE.lire({**FAITS, **autres})


def test_une_dispense_refusee_rend_ses_heures_et_ses_modules() -> None:
    proposee = positionner(BASE, faits()).en_json()
    assert proposee["minutes"]["dispensees"] == 63 * 60
    dite = repondre_avec(BASE, faits(), Derogation(dispenses={SECRETAIRE: False}))
    assert dite["minutes"]["dispensees"] == 0
    assert dite["minutes"]["total"] == proposee["minutes"]["total"] + 63 * 60
    assert {un["statut"] for un in dite["modules"]} == {"a_suivre"}
    assert SECRETAIRE not in {un["regle"] for un in dite["motifs"]}
    (une,) = contre(BASE, proposee, Derogation(dispenses={SECRETAIRE: False}))
    assert une["regle"] == SECRETAIRE
    assert une["sources"]


def test_une_dispense_accordee_de_plus_s_ajoute() -> None:
    proposee = positionner(BASE, faits()).en_json()
    dite = repondre_avec(BASE, faits(), Derogation(dispenses={DENTAIRE: True}))
    assert dite["minutes"]["dispensees"] == (63 + 21) * 60
    assert dite["minutes"]["total"] == proposee["minutes"]["total"] - 21 * 60
    assert {un["code"] for un in dite["modules"] if un["statut"] == "dispense"} == {
        "B2M1", "B2M3", "B3M1", "B4M5",
    }  # fmt: skip


def test_chaque_dispense_de_la_version_est_offerte_avec_ce_que_disent_les_regles() -> None:
    dites = {une.regle.id: une.accordee for une in offres(positionner(BASE, faits()))}
    assert dites[SECRETAIRE] is True
    assert dites[DENTAIRE] is False
    assert not any("384" in nom for nom in dites)
    assert not list(offres(positionner(BASE, faits(diplomes=["ide"]))))


def test_une_voie_ouverte_par_la_branche_compte_ses_heures_et_ses_dispenses() -> None:
    fermee = faits(diplomes=[], niveau_diplome=3, experience_secretaire_mois=0)
    proposee = positionner(BASE, fermee)
    assert proposee.voie == "refus"
    dite = repondre_avec(BASE, fermee, Derogation(voie="cqp"))
    assert dite["voie"] == "cqp"
    assert dite["minutes"]["total"] == 279 * 60
    avec = repondre_avec(BASE, fermee, Derogation(voie="cqp", dispenses={SECRETAIRE: True}))
    assert avec["minutes"]["total"] == (279 - 63) * 60
    assert not any(un["regle"].startswith("voie.") for un in dite["motifs"])
    contredites = contre(BASE, proposee.en_json(), Derogation(voie="cqp"))
    assert [une["regle"] for une in contredites] == ["voie.refus"]


def test_des_heures_donnees_a_la_main_ne_montrent_plus_de_modules() -> None:
    dite = repondre_avec(BASE, faits(), Derogation(minutes=100 * 60))
    assert dite["minutes"]["formation"] == 100 * 60
    assert dite["minutes"]["total"] == 100 * 60 + dite["minutes"]["evaluations"]
    assert dite["modules"] == dite["forfaits"] == []
    with pytest.raises(ValueError, match="voie de formation"):
        repondre_avec(BASE, faits(), Derogation(voie="refus", minutes=60))


@pytest.mark.parametrize("entree", ["2026-01-15", "2022-09-01"])
@pytest.mark.parametrize("heures", [0, 100, 2000])
def test_les_heures_dispensees_suivent_celles_que_l_on_fixe(entree: str, heures: int) -> None:
    """What is to be followed and what is exempted make the whole, by modules as by lumps; never less than nothing."""
    proposees = positionner(BASE, faits(date_entree=entree)).en_json()["minutes"]
    entieres = proposees["formation"] + proposees["dispensees"]
    assert proposees["dispensees"] > 0
    dite = repondre_avec(BASE, faits(date_entree=entree), Derogation(minutes=heures * 60))
    assert dite["minutes"]["dispensees"] == max(0, entieres - heures * 60)
    assert dite["minutes"]["evaluations"] == proposees["evaluations"]


@pytest.mark.parametrize("ecart", [Derogation(voie="x"), Derogation(dispenses={"x": True})])
def test_ce_que_les_regles_ne_connaissent_pas_est_refuse(ecart: Derogation) -> None:
    with pytest.raises(ValueError, match="n’existe pas"):
        repondre_avec(BASE, faits(), ecart)


def test_deux_forfaits_d_un_meme_tableau_ne_s_ajoutent_pas() -> None:
    ancien = faits(date_entree="2022-09-01")
    un, deux = "dispense.384.secretaire", "dispense.384.dentaire"
    with pytest.raises(ValueError, match="ne s’ajoutent pas"):
        repondre_avec(BASE, ancien, Derogation(dispenses={un: True, deux: True}))
    seul = repondre_avec(BASE, ancien, Derogation(dispenses={un: False, deux: True}))
    assert seul["minutes"]["dispensees"] == 49 * 60
    assert seul["minutes"]["evaluations_dispensees"] == 135


def test_sans_ecart_la_reponse_est_la_proposition_sans_ce_qui_la_changerait() -> None:
    dite = repondre_avec(BASE, faits(), Derogation())
    assert not Derogation()
    assert dite | {"pour_changer": []} == positionner(BASE, faits()).en_json() | {
        "pour_changer": []
    }
