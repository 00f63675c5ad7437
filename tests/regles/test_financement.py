"""Who pays: each route with its answer, its reasons, its amounts, and what would open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.calendrier import age_le as age
from binome.regles.courante import base_courante
from binome.regles.metiers.financement import ORDRE, POSTES, financer, vue_de_la_voie
from binome.regles.vues import faits_de_la_vue

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.metiers.financement import Financement, VoieDeFinancement

SECRETAIRE = {
    "date_entree": "2026-03-15",
    "diplomes": [],
    "niveau_diplome": 4,
    "experience_secretaire_mois": 0,
    "afgsu_niveau": 0,
    "situation": "salarie_cabinet",
    "contrat": "cdi",
    "heures_semaine": 35,
    "duree_parcours_mois": 10,
}
CODES = [
    "pdc",
    "contrat_professionnalisation",
    "pro_a",
    "periode_reconversion",
    "cpf",
    "poei",
    "poec",
    "vae",
    "apprentissage",
]


def reponse(**faits: Any) -> Financement:
    base = base_courante()
    return financer(base, base.vue("financement").lire({**SECRETAIRE, **faits}))


def voie(code: str, **faits: Any) -> VoieDeFinancement:
    return next(un for un in reponse(**faits).voies if un.code == code)


def test_les_neuf_voies_viennent_dans_l_ordre_du_contrat() -> None:
    objet = reponse().en_json()
    assert [un["code"] for un in objet["voies"]] == CODES
    assert objet["au"] == "2026-03-15"
    assert objet["base"] == base_courante().empreinte
    for un in objet["voies"]:
        assert set(un) == {
            "code", "issue", "motifs", "manquants", "pour_changer", "montants_cents", "alertes",
        }  # fmt: skip
        assert tuple(un["montants_cents"]) == POSTES
        assert all(motif["sources"] for motif in un["motifs"])


def test_les_heures_viennent_du_positionnement_sauf_si_on_les_donne() -> None:
    assert voie("periode_reconversion").montants["pedagogie"] == 255_285
    assert voie("periode_reconversion", heures_formation=200).montants["pedagogie"] == 183_000
    moins = voie("periode_reconversion", experience_secretaire_mois=24)
    assert moins.montants["pedagogie"] == (279 - 63) * 915


def test_les_heures_du_cqp_ne_servent_pas_a_un_autre_objectif() -> None:
    autre = voie("periode_reconversion", objectif="socle")
    assert autre.conclusion.dossier["minutes_positionnement"] is None
    assert autre.conclusion.dossier["voie"] == "cqp"


def test_l_objectif_suit_le_positionnement() -> None:
    infirmiere = reponse(diplomes=["ide"])
    assert infirmiere.dossier["objectif"] == "fae"
    assert infirmiere.dossier["minutes_positionnement"] == 75 * 60
    assert voie("periode_reconversion", diplomes=["ide"]).issue == "non"


def test_le_taux_de_2023_est_celui_du_rapport() -> None:
    pdc = voie("pdc", date_entree="2023-06-05")
    assert (pdc.montants["pedagogie"], pdc.montants["salaire"]) == (384 * 2000, 384 * 1200)


@pytest.mark.parametrize("jour", ["2022-06-01", "2024-06-03", "2026-03-15"])
def test_une_case_non_trouvee_reste_inconnue(jour: str) -> None:
    assert voie("pdc", date_entree=jour).montants["pedagogie"] is None


def test_une_pro_a_signee_le_2_janvier_2026_est_refusee_et_nomme_la_suite() -> None:
    refusee = voie("pro_a", date_avenant_contrat="2026-01-02")
    assert refusee.issue == "non"
    (raison,) = [un for un in refusee.motifs if un.etape.issue == "non"]
    assert "période de reconversion" in raison.texte
    assert refusee.manquants == ()


def test_ce_qui_ouvrirait_une_pro_a_trop_courte() -> None:
    courte = {
        "date_entree": "2025-09-01",
        "date_avenant_contrat": "2025-08-01",
        "duree_parcours_mois": 7,
        "age": 35,
        "publics": [],
    }
    assert voie("pro_a", **courte).issue == "indetermine"
    bascules = voie("pro_a", **courte).pour_changer
    assert {"duree_parcours_mois": 8} in [un.faits for un in bascules]
    assert "8 mois" in next(
        un for un in bascules if un.faits == {"duree_parcours_mois": 8}
    ).en_clair("cette voie s’ouvre")
    assert voie("pro_a", **{**courte, "duree_parcours_mois": 8}).issue == "oui"
    assert voie("pro_a", **{**courte, "age": 29}).issue == "oui"
    assert voie("pro_a", **{**courte, "age": 30}).issue == "indetermine"
    assert voie("pro_a", **{**courte, "publics": ["retour_conge"]}).issue == "oui"


def test_ce_qui_ouvrirait_la_voie_part_en_json_avec_sa_phrase() -> None:
    courte = voie(
        "pro_a",
        date_entree="2025-09-01",
        date_avenant_contrat="2025-08-01",
        duree_parcours_mois=7,
        age=35,
        publics=[],
    ).en_json()
    assert courte["pour_changer"] == [
        {
            "changements": {"duree_parcours_mois": 8},
            "donne": {"issue": "oui"},
            "texte": "Avec un parcours de 8 mois : cette voie s’ouvre.",
        }
    ]


@pytest.mark.parametrize(("mois", "propose"), [(1, 8), (7, 8), (13, 12), (40, 12)])
def test_la_duree_proposee_est_la_plus_proche(mois: int, propose: int) -> None:
    (bascule,) = voie(
        "pro_a",
        date_entree="2025-09-01",
        date_avenant_contrat="2025-08-01",
        duree_parcours_mois=mois,
        age=35,
        publics=[],
    ).pour_changer
    assert bascule.faits == {"duree_parcours_mois": propose}


def test_deux_changements_ensemble_pour_une_voie() -> None:
    dehors = {"situation": "autre", "contrat": "aucun", "date_avenant_contrat": "2025-08-01"}
    assert [un.en_clair("c’est ouvert") for un in voie("pro_a", **dehors).pour_changer] == [
        "Avec un emploi dans un cabinet médical libéral et un CDI : c’est ouvert."
    ]
    vae = voie("vae", objectif="socle", heures_experience_vae=0)
    assert [un.faits for un in vae.pour_changer] == [
        {"objectif": "cqp", "heures_experience_vae": 1607}
    ]


def test_les_motifs_d_une_voie_sont_ses_conditions_et_ses_formalites() -> None:
    dits = {un.etape.regle.id: un.etape.issue for un in voie("pdc").motifs}
    assert dits == {
        "pdc.salarie": "oui",
        "pdc.objectif": "oui",
        "pdc.premieres-formations": "oui",
        "formalite.pdc.paiement": "oui",
        "formalite.pdc.frais-annexes": "oui",
        "formalite.pdc.avance": "oui",
        "formalite.pdc.tuteur": "oui",
    }
    # A form that may not be due is not told, nor the one of a closed route.
    ouverte = {
        un.etape.regle.id: un.etape.issue for un in voie("contrat_professionnalisation").motifs
    }
    assert ouverte["contrat-pro.public"] == "indetermine"
    assert not any(nom.startswith("formalite") for nom in ouverte)
    fermee = {un.etape.regle.id: un.etape.issue for un in voie("poei").motifs}
    assert fermee["poei.demandeur"] == "non"
    assert "formalite.poei.embauche" not in fermee


def test_une_alerte_renvoie_a_la_source_de_sa_regle() -> None:
    forfait = voie("periode_reconversion").en_json()["alertes"]
    assert forfait[0]["code"] == "forfait_reconversion"
    assert "emfor-reconversion, forfait" in forfait[0]["sources"]
    ht = voie("pdc").en_json()["alertes"][0]
    assert (ht["code"], ht["sources"]) == ("montants_ht", ["igas-2023, encadré Opco EP"])


def test_une_voie_fermee_ne_promet_rien() -> None:
    fermee = voie("pro_a", date_entree="2023-06-05", duree_parcours_mois=3, age=40, publics=[])
    assert fermee.issue == "non"
    assert set(fermee.montants.values()) == {None}
    assert set(voie("cpf", objectif="socle", situation="autre").montants) == set(POSTES)


def test_sans_date_d_entree_la_reponse_n_a_pas_de_jour() -> None:
    assert reponse(date_entree=None).en_json()["au"] is None


def test_une_voie_ne_prend_que_ses_tables_ses_montants_et_ses_leviers(base: Base) -> None:
    pdc = vue_de_la_voie(base, "voie-pdc")
    assert list(pdc.tables) == [
        "voie-pdc", "taux-pdc", "formalites-financement", "alertes-financement",
    ]  # fmt: skip
    assert list(pdc.montants) == ["pdc_pedagogie_cents", "pdc_salaire_cents"]
    assert [levier.id for levier in pdc.leviers] == ["emploi-cabinet", "objectif-cqp"]
    assert faits_de_la_vue(pdc) == {
        "date_demande_financement", "date_entree", "objectif", "situation",
    }  # fmt: skip
    assert pdc.question.cibles == pdc.question.sorties == ("voie-pdc",)
    formalites = {regle.id for regle in pdc.tables["formalites-financement"].regles}
    assert "formalite.pdc.paiement" in formalites
    assert not any(nom.startswith("formalite.contrat-pro") for nom in formalites)
    assert list(vue_de_la_voie(base, "voie-apprentissage").tables) == ["voie-apprentissage"]
    assert vue_de_la_voie(base, "voie-apprentissage").leviers == ()


def test_une_voie_lit_aussi_ce_dont_ses_faits_se_calculent(base: Base) -> None:
    """The share of the hours reads minutes, which are worked out from hours and months."""
    lus = faits_de_la_vue(vue_de_la_voie(base, "voie-pro-a"))
    assert {"minutes_contrat", "heures_semaine", "duree_parcours_mois"} <= lus
    assert {"minutes_formation", "heures_formation", "minutes_positionnement"} <= lus
    assert "experience_secretaire_mois" not in lus
    leviers = [un.id for un in vue_de_la_voie(base, "voie-pro-a").leviers]
    assert leviers == ["emploi-cabinet", "duree-parcours", "contrat-cdi", "objectif-cqp"]


def test_chaque_bascule_ouvre_vraiment_la_voie() -> None:
    for un in reponse(date_avenant_contrat="2025-12-31", duree_parcours_mois=3).voies:
        for bascule in un.pour_changer:
            refaite = financer(un.base, {**un.conclusion.dossier, **bascule.dossier})
            assert next(v for v in refaite.voies if v.code == un.code).issue == "oui"


def test_une_voie_ne_demande_que_ce_qui_compte_pour_elle() -> None:
    public = voie("contrat_professionnalisation")
    assert public.issue == "indetermine"
    assert set(public.manquants) == {"age", "publics"}
    assert voie("cpf").manquants == ()
    inconnues = base_courante().vue("financement")
    tout = financer(base_courante(), inconnues.lire({"situation": "salarie_cabinet"}))
    reconversion = next(un for un in tout.voies if un.code == "periode_reconversion")
    # The positioning's own questions come first: its hours spare the person from counting them.
    rangs = {nom: rang for rang, nom in enumerate(reconversion.manquants)}
    assert rangs["date_entree"] < rangs["heures_formation"]
    assert rangs["diplomes"] < rangs["heures_formation"]
    assert "minutes_formation" not in tout.manquants
    assert "voie" not in tout.manquants


def test_les_voies_ouvertes_viennent_d_abord() -> None:
    rangs = [ORDRE[un.issue] for un in reponse().par_issue]
    assert rangs == sorted(rangs)
    assert rangs[0] == 0
    assert rangs[-1] == 2


def test_l_age_se_compte_au_jour_de_l_entree(base: Base) -> None:
    vue = base.vue("financement")
    for naissance, attendu in (("2000-03-15", 26), ("2000-03-16", 25), ("2000-02-29", 26)):
        lu = vue.lire({**SECRETAIRE, "date_naissance": naissance})
        assert financer(base, lu).dossier["age"] == attendu
    assert financer(base, vue.lire({**SECRETAIRE, "age": 40})).dossier["age"] == 40
    assert age(None, None) is None


def test_chaque_voie_fermee_dit_pourquoi_et_d_apres_quoi() -> None:
    for code in ("apprentissage", "poei", "poec"):
        fermee = voie(code)
        assert fermee.issue == "non"
        refus = [un for un in fermee.motifs if un.etape.issue == "non"]
        assert refus
        assert all(un.citations for un in refus)


def test_la_poe_reste_ouverte_a_la_question_apres_le_rapport() -> None:
    cherche = {"situation": "demandeur_emploi", "contrat": "aucun", "duree_parcours_mois": 6}
    assert voie("poei", **cherche).issue == "indetermine"
    assert voie("poei", date_entree="2023-03-01", **cherche).issue == "non"


@pytest.mark.parametrize(
    ("jour", "cents"),
    [
        ("2024-05-01", 0),
        ("2024-05-02", 10_000),
        ("2024-12-31", 10_000),
        ("2025-01-01", 10_223),
        ("2025-12-31", 10_223),
        ("2026-01-01", 10_320),
        ("2026-04-01", 10_320),
        ("2026-04-02", 15_000),
    ],
)
def test_la_participation_au_cpf_suit_la_date(jour: str, cents: int) -> None:
    assert voie("cpf", date_entree=jour).montants["reste_personne"] == cents
    cherche = voie("cpf", date_entree=jour, situation="demandeur_emploi")
    assert cherche.montants["reste_personne"] == 0
