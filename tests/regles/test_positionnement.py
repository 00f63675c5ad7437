"""The JSON contract, the acceptance cases of the scheme, and the alerts that must be raised."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.regles.courante import base_courante
from binome.regles.faits import faits_en_json
from binome.regles.grille import grille
from binome.regles.metiers.positionnement import positionner

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.regles.base import Base

    Repondre = Callable[..., dict[str, Any]]

SALARIE = {"situation": "salarie_cabinet", "contrat": "cdi", "afgsu_niveau": 0}


def codes(reponse: dict[str, Any]) -> set[str]:
    return {alerte["code"] for alerte in reponse["alertes"]}


def motif(reponse: dict[str, Any], regle: str) -> dict[str, Any]:
    trouve: dict[str, Any] = next(un for un in reponse["motifs"] if un["regle"] == regle)
    return trouve


def test_la_secretaire_de_janvier_2026(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2026-01-15",
        diplomes=[],
        niveau_diplome=3,
        experience_secretaire_mois=20,
        **SALARIE,
    )
    assert reponse["voie"] == "cqp"
    assert reponse["referentiel"] == "rncp40913"
    assert reponse["minutes"] == {
        "formation": 264 * 60,
        "evaluations": 900,
        "total": 279 * 60,
        "dispensees": 0,
        "evaluations_dispensees": 0,
    }
    assert {un["statut"] for un in reponse["modules"]} == {"a_suivre"}
    assert reponse["manquants"] == []
    assert {
        "changements": {"experience_secretaire_mois": 24},
        "donne": {"minutes_total": 12960},
        "texte": "Avec 4 mois d’expérience de plus au secrétariat médical (24 mois en tout) : 216 h au lieu de 279 h, soit 63 h de moins.",
    } in reponse["pour_changer"]
    assert {
        "changements": {"diplomes": ["secretaire_medical"]},
        "donne": {"minutes_total": 12960},
        "texte": "Avec un titre de secrétaire médical ou médicale : 216 h au lieu de 279 h, soit 63 h de moins.",
    } in reponse["pour_changer"]
    assert reponse["au"] == "2026-01-15"
    assert reponse["base"] == base_courante().empreinte


def test_la_sage_femme_n_a_pas_la_fae_et_sait_pourquoi(repondre: Repondre) -> None:
    reponse = repondre(date_entree="2026-01-15", diplomes=["sage_femme"], niveau_diplome=7)
    assert reponse["voie"] == "cqp"
    assert motif(reponse, "voie.fae")["issue"] == "non"
    raison = motif(reponse, "exercice.sage-femme")
    assert raison["issue"] == "oui"
    assert raison["texte"].startswith(
        "Les sages-femmes ne sont pas sur la liste de l’arrêté du 7 novembre 2019"
    )
    assert raison["sources"] == ["arrete-2019, article 1", "senat-2109s, réponse"]


def test_une_date_entre_deux_referentiels_est_refusee_avec_la_raison(repondre: Repondre) -> None:
    for jour in ("2025-04-25", "2025-05-15", "2025-06-24"):
        reponse = repondre(date_entree=jour, diplomes=[], niveau_diplome=4)
        assert (reponse["voie"], reponse["referentiel"]) == ("refus", None)
        assert motif(reponse, "fenetre.entre-deux")["issue"] == "oui"
        assert motif(reponse, "voie.hors-fenetre")["issue"] == "oui"
        assert "entre_deux_referentiels" in codes(reponse)
        assert reponse["pour_changer"][0]["changements"] == {"date_entree": "2025-06-25"}
        assert reponse["pour_changer"][0]["donne"] == {"minutes_total": 16740, "voie": "cqp"}
    for jour in ("2025-04-24", "2025-06-25"):
        assert repondre(date_entree=jour, diplomes=[], niveau_diplome=4)["voie"] == "cqp"
    assert "echeance_36358" in codes(
        repondre(date_entree="2025-04-25", diplomes=[], niveau_diplome=4)
    )


@pytest.mark.parametrize("jour", ["2020-12-31", "2030-06-26"])
def test_hors_des_dates_couvertes_binome_refuse_de_repondre(repondre: Repondre, jour: str) -> None:
    reponse = repondre(date_entree=jour, diplomes=[], niveau_diplome=8)
    assert (reponse["voie"], reponse["referentiel"]) == ("refus", None)
    assert "hors_fenetre" in codes(reponse)


def test_la_personne_deja_certifiee_n_a_rien_a_suivre(repondre: Repondre) -> None:
    reponse = repondre(date_entree="2026-01-15", diplomes=["cqp_assistant_medical", "ide"])
    assert reponse["voie"] == "deja_certifie"
    assert set(reponse["minutes"].values()) == {0}
    assert reponse["modules"] == []


@pytest.mark.parametrize(
    ("jour", "minutes", "modules"),
    [
        ("2022-09-05", 112 * 60, 5),
        ("2024-09-02", 98 * 60, 5),
        ("2026-01-15", 75 * 60, 3),
        ("2025-05-15", None, 0),
    ],
)
@pytest.mark.parametrize("diplome", ["ide", "aide_soignant", "auxiliaire_puericulture"])
def test_la_fae_de_chaque_epoque(
    repondre: Repondre, jour: str, minutes: int | None, modules: int, diplome: str
) -> None:
    reponse = repondre(date_entree=jour, diplomes=[diplome])
    assert reponse["voie"] == "fae"
    assert reponse["minutes"]["total"] == reponse["minutes"]["formation"] == minutes
    assert reponse["minutes"]["evaluations"] == reponse["minutes"]["dispensees"] == 0
    assert len(reponse["modules"]) == modules
    assert {un["bloc"] for un in reponse["modules"]} <= {2}
    assert ("fae_heures" in codes(reponse)) == (jour > "2024")
    assert {"dispense_252_h", "delai_2_ou_3_ans"} <= codes(reponse)


def test_les_dispenses_nommees_de_2025(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2026-01-15", diplomes=["secretaire_medical", "aide_dentaire"], **SALARIE
    )
    dispenses = {
        un["code"]: un["minutes"] for un in reponse["modules"] if un["statut"] == "dispense"
    }
    assert dispenses == {"B2M1": 2520, "B2M3": 1260, "B3M1": 840, "B4M5": 420}
    assert reponse["minutes"]["dispensees"] == 84 * 60
    assert reponse["minutes"]["total"] == 195 * 60
    assert "dispense_forfaitaire" not in codes(reponse)
    assert "evaluations_dispensees_inconnues" in codes(reponse)


def test_le_forfait_de_2022_ne_nomme_aucun_module(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2022-09-05",
        diplomes=["secretaire_medical"],
        experience_secretaire_mois=12,
        **SALARIE,
    )
    assert {un["statut"] for un in reponse["modules"]} == {"a_suivre"}
    assert reponse["minutes"]["dispensees"] == 98 * 60
    assert reponse["minutes"]["evaluations_dispensees"] == 150
    assert "dispense_forfaitaire" in codes(reponse)


def test_deux_forfaits_ne_s_additionnent_pas_en_silence(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2022-09-05",
        diplomes=["secretaire_medical", "assistant_dentaire"],
        experience_secretaire_mois=0,
        experience_dentaire_mois=12,
        **SALARIE,
    )
    assert reponse["minutes"]["dispensees"] == 70 * 60
    assert "cumul_dispenses_inconnu" in codes(reponse)


@pytest.mark.parametrize(
    ("faits", "statut", "minutes"),
    [
        ({"afgsu_niveau": 1, "afgsu_date": "2022-01-15", "date_jury": "2026-01-15"}, "acquis", 265),
        (
            {"afgsu_niveau": 1, "afgsu_date": "2022-01-15", "date_jury": "2026-01-16"},
            "a_suivre",
            279,
        ),
        (
            {"afgsu_niveau": 1, "afgsu_date": "2026-09-15", "date_jury": "2026-09-14"},
            "a_suivre",
            279,
        ),
        ({"afgsu_niveau": 1, "afgsu_date": "2026-09-14", "date_jury": "2026-09-14"}, "acquis", 265),
        (
            {"afgsu_niveau": 2, "afgsu_date": "2025-06-15", "date_jury": "2026-09-14"},
            "a_suivre",
            279,
        ),
        ({"afgsu_niveau": 0}, "a_suivre", 279),
        ({"afgsu_niveau": 1}, "a_suivre", 279),
        ({"afgsu_niveau": 1, "afgsu_date": "2022-06-15"}, "a_suivre", 279),
        ({"afgsu_niveau": 1, "afgsu_date": "2025-01-15"}, "acquis", 265),
        ({"afgsu_niveau": 1, "afgsu_date": "2025-01-14"}, "a_suivre", 279),
    ],
)
def test_l_afgsu_doit_valoir_le_jour_du_jury(
    repondre: Repondre, faits: dict[str, Any], statut: str, minutes: int
) -> None:
    reponse = repondre(
        date_entree="2026-01-15",
        diplomes=[],
        niveau_diplome=4,
        experience_secretaire_mois=0,
        **faits,
    )
    (module,) = (un for un in reponse["modules"] if un["code"] == "B4M4")
    assert module["statut"] == statut
    assert reponse["minutes"]["total"] == minutes * 60


def test_l_employeur_est_une_reserve_et_non_un_refus(repondre: Repondre) -> None:
    sans = repondre(
        date_entree="2026-01-15",
        diplomes=[],
        niveau_diplome=4,
        experience_secretaire_mois=0,
        situation="demandeur_emploi",
        contrat="aucun",
        afgsu_niveau=0,
    )
    assert sans["voie"] == "cqp"
    assert motif(sans, "entree.employeur")["issue"] == "non"
    assert "employeur_requis" in codes(sans)
    employeurs = [
        un for un in sans["pour_changer"] if set(un["changements"]) <= {"contrat", "situation"}
    ]
    assert [un["changements"] for un in employeurs] == [
        {"contrat": "contrat_professionnalisation"},
        {"situation": "salarie_cabinet"},
    ]
    assert (
        employeurs[0]["texte"]
        == "Avec un contrat de professionnalisation signé avec un cabinet médical : la condition d’employeur est remplie."
    )
    avec = repondre(
        date_entree="2026-01-15",
        diplomes=[],
        niveau_diplome=4,
        situation="demandeur_emploi",
        contrat="contrat_professionnalisation",
    )
    assert motif(avec, "entree.employeur")["issue"] == "oui"


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
    assert en_json["texte"].startswith(f"{alerte.texte} Lectures : {alerte.lectures[0].valeur} ; ")
    citees = {str(citation) for lecture in alerte.lectures for citation in lecture.sources}
    assert citees <= set(en_json["sources"])
    assert en_json["sources"] == sorted(en_json["sources"])


def test_une_alerte_sans_rivale_cite_la_source_de_sa_regle(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2022-09-05", diplomes=["secretaire_medical"], experience_secretaire_mois=0
    )
    (alerte,) = (une for une in reponse["alertes"] if une["code"] == "dispense_forfaitaire")
    assert alerte["sources"] == ["igas-2023, tableau 9", "igas-2023, ¶165"]
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


def test_les_referentiels_ont_leurs_sommes(base: Base) -> None:
    heures = {
        nom: [bloc.minutes // 60 for bloc in un.blocs] for nom, un in base.referentiels.items()
    }
    assert heures == {
        "rncp36358-384": [105, 112, 77, 77],
        "rncp36358-279": [77, 98, 35, 56],
        "rncp40913": [84, 75, 35, 70],
    }
    totaux = {
        nom: (un.formation, un.evaluations, un.total) for nom, un in base.referentiels.items()
    }
    assert totaux == {
        "rncp36358-384": (371 * 60, 13 * 60, 384 * 60),
        "rncp36358-279": (266 * 60, 13 * 60, 279 * 60),
        "rncp40913": (264 * 60, 15 * 60, 279 * 60),
    }
    assert {nom: len(un.modules) for nom, un in base.referentiels.items()} == {
        "rncp36358-384": 15,
        "rncp36358-279": 15,
        "rncp40913": 14,
    }
    neuf = base.referentiels["rncp40913"]
    assert len(neuf.epreuves) == 14
    assert sum(epreuve.minutes for epreuve in neuf.epreuves) == 900
    assert [sum(e.minutes for e in bloc.epreuves) for bloc in neuf.blocs] == [315, 240, 90, 255]


def test_ce_qui_manque_a_un_referentiel_se_dit(base: Base) -> None:
    neuf = base.referentiels["rncp40913"]
    with pytest.raises(KeyError):
        neuf.bloc(5)
    with pytest.raises(KeyError):
        neuf.module("B9M9")
    assert neuf.bloc(2).minutes == 75 * 60
    assert neuf.module("B2M1").minutes == 42 * 60


CLES = {
    "voie",
    "referentiel",
    "minutes",
    "modules",
    "motifs",
    "manquants",
    "pour_changer",
    "alertes",
    "base",
    "au",
}
MINUTES = {"formation", "evaluations", "total", "dispensees", "evaluations_dispensees"}


@given(st.data())
def test_toute_reponse_suit_le_contrat(base: Base, data: st.DataObject) -> None:
    dossier = data.draw(st.sampled_from(GRILLE))
    reponse = json.loads(json.dumps(positionner(base, dossier).en_json()))
    assert set(reponse) == CLES
    assert reponse["voie"] in {"cqp", "fae", "deja_certifie", "refus", "indetermine"}
    assert reponse["referentiel"] in {None, *base.referentiels}
    minutes = reponse["minutes"]
    assert set(minutes) == MINUTES
    assert all(
        valeur is None or (isinstance(valeur, int) and valeur >= 0) for valeur in minutes.values()
    )
    if minutes["total"] is not None:
        assert minutes["total"] == minutes["formation"] + minutes["evaluations"]
    if reponse["voie"] == "indetermine":
        assert set(minutes.values()) == {None}
    if reponse["voie"] == "cqp":
        referentiel = base.referentiels[reponse["referentiel"]]
        acquis = sum(un["minutes"] for un in reponse["modules"] if un["statut"] == "acquis")
        nommees = sum(un["minutes"] for un in reponse["modules"] if un["statut"] == "dispense")
        assert minutes["formation"] + minutes["dispensees"] + acquis == referentiel.formation
        assert minutes["evaluations"] + minutes["evaluations_dispensees"] == referentiel.evaluations
        forfait = any(alerte["code"] == "dispense_forfaitaire" for alerte in reponse["alertes"])
        assert forfait == (minutes["dispensees"] != nommees)
    for un in reponse["modules"]:
        assert set(un) == {"code", "bloc", "intitule", "minutes", "statut"}
        assert un["statut"] in {"a_suivre", "dispense", "acquis"}
    for un in reponse["motifs"]:
        assert set(un) == {"regle", "issue", "texte", "sources"}
        assert un["issue"] in {"oui", "non", "sans_objet", "indetermine"}
        assert un["sources"]
        assert un["texte"].endswith(".")
    assert set(reponse["manquants"]) <= {nom for nom, valeur in dossier.items() if valeur is None}
    for un in reponse["pour_changer"]:
        assert set(un) == {"changements", "donne", "texte"}
        assert un["changements"]
        rejoue = positionner(
            base, {**dossier, **base.lire({**_objet(dossier), **un["changements"]})}
        )
        assert rejoue.minutes["total"] == un["donne"]["minutes_total"]
        assert rejoue.voie == un["donne"].get("voie", reponse["voie"])
    for un in reponse["alertes"]:
        assert set(un) == {"code", "texte", "sources"}
        assert un["sources"]


GRILLE = list(grille(base_courante()))[::17]


def _objet(dossier: dict[str, Any]) -> dict[str, Any]:
    return faits_en_json(base_courante().faits, dossier)


def test_la_reponse_sans_date_n_a_pas_de_date(repondre: Repondre) -> None:
    reponse = repondre(diplomes=[])
    assert reponse["au"] is None
    assert reponse["voie"] == "indetermine"
    assert reponse["referentiel"] is None
    assert "date_entree" in reponse["manquants"]


def test_les_pieces_suivent_le_dossier(base: Base) -> None:
    def pieces(**faits: Any) -> list[str]:
        return [piece.code for piece in positionner(base, base.lire(faits)).pieces]

    assert pieces(
        date_entree="2026-01-15",
        diplomes=["secretaire_medical"],
        afgsu_niveau=1,
        heures_experience_vae=2000,
        experience_secretaire_mois=1,
    ) == [
        "identite",
        "cv",
        "positionnement",
        "diplomes",
        "experience",
        "contrat",
        "afgsu",
        "vae",
    ]
    assert pieces(date_entree="2026-01-15", diplomes=["ide"], niveau_diplome=6) == [
        "identite",
        "cv",
        "diplomes",
    ]
    assert pieces(date_entree="2025-05-15", diplomes=[], niveau_diplome=4) == []


def test_ce_qui_informe_sans_mots_ne_se_dit_pas(repondre: Repondre) -> None:
    reponse = repondre(date_entree="2026-01-15", diplomes=[], niveau_diplome=4)
    dites = {un["regle"] for un in reponse["motifs"]}
    assert "exercice.sage-femme" not in dites  # a "no" that would only add noise
    assert "vae.seuil" in dites
    assert not any(nom.startswith(("alerte.", "piece.")) for nom in dites)


@pytest.mark.parametrize(
    ("faits", "textes"),
    [
        (
            {"niveau_diplome": 3},
            [
                "Avec 12 mois d’expérience de plus au secrétariat médical (12 mois en tout) : "
                "le CQP s’ouvre, 279 h.",
                "Avec 24 mois d’expérience de plus au secrétariat médical (24 mois en tout) : "
                "le CQP s’ouvre, 216 h.",
            ],
        ),
        (
            {"niveau_diplome": 4},
            [
                "Avec une AFGSU de niveau 1 obtenue d’ici l’entrée en formation : "
                "265 h au lieu de 279 h, soit 14 h de moins.",
                "Avec 24 mois d’expérience de plus au secrétariat médical (24 mois en tout) : "
                "216 h au lieu de 279 h, soit 63 h de moins.",
            ],
        ),
        (
            {"niveau_diplome": 4, "date_entree": "2025-05-15"},
            ["Avec une entrée en formation à partir du 25 juin 2025 : le CQP s’ouvre, 279 h."],
        ),
        (
            # Level 3 and no more is known: the date lifts the refusal, it opens nothing yet.
            {
                "niveau_diplome": 3,
                "date_entree": "2025-05-15",
                "experience_secretaire_mois": None,
                "experience_dentaire_mois": None,
            },
            ["Avec une entrée en formation à partir du 25 juin 2025 : une voie devient possible."],
        ),
        (
            {"diplomes": ["ide"], "date_entree": "2015-05-15"},
            [
                "Avec une entrée en formation à partir du 1er janvier 2021 : "
                "la FAE s’ouvre, 112 h.",
                "Avec une entrée en formation à partir du 1er janvier 2024 : la FAE s’ouvre, 98 h.",
                "Avec une entrée en formation à partir du 25 juin 2025 : la FAE s’ouvre, 75 h.",
            ],
        ),
        (
            {"niveau_diplome": 4, "situation": "demandeur_emploi", "contrat": "aucun"},
            [
                "Avec une AFGSU de niveau 1 obtenue d’ici l’entrée en formation : "
                "265 h au lieu de 279 h, soit 14 h de moins.",
                "Avec un contrat de professionnalisation signé avec un cabinet médical : "
                "la condition d’employeur est remplie.",
            ],
        ),
    ],
)
def test_ce_qui_changerait_la_reponse_se_lit_en_une_phrase(
    base: Base, faits: dict[str, Any], textes: list[str]
) -> None:
    depart = {
        "date_entree": "2026-01-15", "diplomes": [], "experience_secretaire_mois": 0,
        "experience_dentaire_mois": 0, "afgsu_niveau": 0, "situation": "salarie_cabinet",
        "contrat": "cdi",
    }  # fmt: skip
    lue = positionner(base, base.lire({**depart, **faits}))
    assert [un.texte for un in lue.pour_changer][: len(textes)] == textes
    assert [un["texte"] for un in lue.en_json({"pour_changer"})["pour_changer"]][
        : len(textes)
    ] == textes
    assert list(lue.en_json({"voie", "au"})) == ["voie", "au"]
