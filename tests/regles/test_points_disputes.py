"""What the sources dispute is said aloud: each reading, its source, and what a recommendation would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner
from tests.regles.essais import motif

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.regles.base import Base

    Repondre = Callable[..., dict[str, Any]]


CONTESTES: list[tuple[str, dict[str, Any]]] = [
    ("fae_heures", {"date_entree": "2026-01-15", "diplomes": ["ide"]}),
    ("fae_heures", {"date_entree": "2024-03-01", "diplomes": ["ide"]}),
    ("dispense_252_h", {"date_entree": "2022-09-05", "diplomes": ["aide_soignant"]}),
    ("delai_2_ou_3_ans", {"date_entree": "2026-01-15", "diplomes": ["ide"]}),
    (
        "delai_2_ou_3_ans",
        {
            "date_entree": "2026-01-15",
            "diplomes": [],
            "niveau_diplome": 4,
            "date_prise_fonction": "2025-12-01",
        },
    ),
    (
        "delai_2_ou_3_ans",
        {
            "date_entree": "2026-01-15",
            "diplomes": [],
            "niveau_diplome": 4,
            "date_signature_contrat_aide": "2025-12-01",
        },
    ),
    (
        "niveau_avenant_81",
        {"date_entree": "2025-09-01", "diplomes": [], "niveau_diplome": 4, "contrat": "cdi"},
    ),
    (
        "niveau_avenant_81",
        {"date_entree": "2022-09-05", "diplomes": [], "niveau_diplome": 4, "contrat": "cui_cdi"},
    ),
    ("module_bloc3_15_h", {"date_entree": "2026-01-15", "diplomes": [], "niveau_diplome": 4}),
    ("dispenses_inconnues", {"date_entree": "2024-09-02", "diplomes": ["secretaire_medical"]}),
    ("bascule_384_279", {"date_entree": "2024-09-02", "diplomes": ["secretaire_medical"]}),
    (
        "afgsu_2",
        {"date_entree": "2026-01-15", "diplomes": [], "niveau_diplome": 4, "afgsu_niveau": 2},
    ),
    (
        "centre_de_sante",
        {
            "date_entree": "2026-01-15",
            "diplomes": [],
            "niveau_diplome": 4,
            "situation": "salarie_centre_sante",
        },
    ),
    (
        "niveau_3_ou_experience",
        {
            "date_entree": "2022-09-05",
            "diplomes": [],
            "niveau_diplome": 2,
            "experience_secretaire_mois": 36,
        },
    ),
    (
        "dispense_non_certifiee",
        {
            "date_entree": "2022-09-05",
            "diplomes": [],
            "niveau_diplome": 4,
            "experience_secretaire_mois": 12,
        },
    ),
    (
        "prerequis_avant_mars_2022",
        {
            "date_entree": "2022-03-16",
            "diplomes": [],
            "niveau_diplome": 3,
            "experience_secretaire_mois": 35,
        },
    ),
    (
        "vae_source_ancienne",
        {
            "date_entree": "2026-01-15",
            "diplomes": [],
            "niveau_diplome": 4,
            "heures_experience_vae": 1607,
        },
    ),
    (
        "afgsu_jury_sans_date",
        {
            "date_entree": "2026-01-15",
            "diplomes": [],
            "niveau_diplome": 4,
            "afgsu_niveau": 1,
            "afgsu_date": "2025-12-01",
        },
    ),
]


@pytest.mark.parametrize(
    ("code", "faits"), CONTESTES, ids=lambda un: un if isinstance(un, str) else None
)
def test_un_point_dispute_ne_se_tranche_pas_en_silence(
    repondre: Repondre, code: str, faits: dict[str, Any]
) -> None:
    reponse = repondre(**faits)
    (alerte,) = (une for une in reponse["alertes"] if une["code"] == code)
    assert alerte["texte"]
    assert alerte["sources"]


@pytest.mark.parametrize(
    ("code", "valeurs"),
    [
        ("fae_heures", ["75 heures", "112 heures"]),
        ("niveau_avenant_81", ["niveau 3", "niveau 4"]),
        ("module_bloc3_15_h", ["15 heures", "14 heures"]),
        ("delai_2_ou_3_ans", ["trois ans", "deux ans"]),
        ("dispense_252_h", ["252 heures"]),
    ],
)
def test_une_alerte_donne_chaque_lecture_et_sa_source(
    base: Base, code: str, valeurs: list[str]
) -> None:
    cas = {
        "fae_heures": {"diplomes": ["ide"]},
        "dispense_252_h": {"diplomes": ["ide"]},
        "delai_2_ou_3_ans": {"diplomes": ["ide"]},
    }.get(code, {"diplomes": [], "niveau_diplome": 4, "contrat": "cdi"})
    reponse = positionner(base, base.lire({"date_entree": "2026-01-15", **cas}))
    (alerte,) = (une for une in reponse.alertes if une.code == code)
    assert len(alerte.lectures) >= 2
    assert all(lecture.sources for lecture in alerte.lectures)
    for valeur in valeurs:
        assert any(
            lecture.valeur.startswith(valeur) or valeur in lecture.valeur
            for lecture in alerte.lectures
        )
    (en_json,) = (une for une in reponse.en_json()["alertes"] if une["code"] == code)
    assert en_json["texte"].startswith(
        f"{alerte.texte} Les sources disent : {alerte.lectures[0].valeur} ; "
    )
    citees = {str(citation) for lecture in alerte.lectures for citation in lecture.sources}
    assert citees <= set(en_json["sources"])
    assert en_json["sources"] == sorted(en_json["sources"])


def test_une_alerte_sans_rivale_cite_la_source_de_sa_regle(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2022-09-05", diplomes=["secretaire_medical"], experience_secretaire_mois=0
    )
    (alerte,) = (une for une in reponse["alertes"] if une["code"] == "dispense_forfaitaire")
    assert alerte["sources"] == ["igas-2023, tableau 9", "igas-2023, ¶157", "igas-2023, ¶165"]
    assert "Lectures" not in alerte["texte"]


def test_avant_mars_2022_binome_dit_ne_pas_savoir(repondre: Repondre) -> None:
    faits = {"diplomes": [], "niveau_diplome": 3, "experience_secretaire_mois": 0}
    reponse = repondre(date_entree="2022-03-16", **faits)
    assert reponse["voie"] == "indetermine"
    assert set(reponse["minutes"].values()) == {None}
    assert motif(reponse, "voie.a-examiner")["issue"] == "indetermine"
    assert repondre(date_entree="2022-03-17", **faits)["voie"] == "refus"


def test_les_recommandations_sont_eteintes_par_defaut_et_s_essaient(repondre: Repondre) -> None:
    refuse = {
        "date_entree": "2026-01-15",
        "diplomes": [],
        "niveau_diplome": 3,
        "experience_secretaire_mois": 0,
    }
    assert repondre(**refuse)["voie"] == "refus"
    huit = base_courante("igas-8")
    assert positionner(huit, huit.lire(refuse)).voie == "cqp"
    assert positionner(huit, huit.lire({**refuse, "niveau_diplome": 2})).voie == "refus"
    onze = base_courante("igas-11")
    infirmiere = {"date_entree": "2026-01-15", "diplomes": ["ide"]}
    reponse = positionner(onze, onze.lire(infirmiere))
    assert reponse.minutes["total"] == 35 * 60
    assert reponse.modules == ()
    assert repondre(**infirmiere)["minutes"]["total"] == 75 * 60
    neuf = base_courante("igas-9")
    faits = {
        "date_entree": "2026-01-15",
        "diplomes": [],
        "niveau_diplome": 4,
        "date_signature_contrat_aide": "2025-01-14",
    }
    assert (
        motif(positionner(neuf, neuf.lire(faits)).en_json(), "delai.igas-9.entree")["issue"]
        == "non"
    )
    faits["date_signature_contrat_aide"] = "2025-01-15"
    assert (
        motif(positionner(neuf, neuf.lire(faits)).en_json(), "delai.igas-9.entree")["issue"]
        == "oui"
    )
