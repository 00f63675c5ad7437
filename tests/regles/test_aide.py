"""The aid contract: five years, each under the scale of the day it starts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from binome.regles.courante import base_courante
from binome.regles.metiers.aide import Aide, aider

GENERALISTE = {
    "option_etp": "un",
    "specialite": "medecine_generale",
    "secteur": "1",
    "patientele_mt": 1200,
    "file_active": 1600,
    "bande_activite": "p50_p70",
    "date_signature_contrat_aide": "2024-09-02",
}


def aide(**faits: Any) -> Aide:
    base = base_courante()
    return aider(base, base.vue("aide").lire({**GENERALISTE, **faits}))


def montants(reponse: Aide) -> list[int | None]:
    return [None if un.aide is None else un.aide // 100 for un in reponse.annees]


@pytest.mark.parametrize(
    ("faits", "attendus"),
    [
        ({}, [38000, 28000, 22000, 22000, 22000]),
        ({"option_etp": "demi"}, [19000, 14000, 11000, 11000, 11000]),
        ({"bande_activite": "p90_p95"}, [38000, 28000, 26000, 26000, 26000]),
        ({"bande_activite": "p95"}, [38000] * 5),
        ({"date_signature_contrat_aide": "2024-03-15"}, [36000, 28000, 22000, 22000, 22000]),
        ({"date_signature_contrat_aide": "2024-06-21"}, [36000, 28000, 22000, 22000, 22000]),
        ({"date_signature_contrat_aide": "2024-06-22"}, [38000, 28000, 22000, 22000, 22000]),
        ({"date_signature_contrat_aide": "2023-06-21"}, [36000, 27000, 22000, 22000, 22000]),
        ({"date_signature_contrat_aide": "2023-06-22"}, [36000, 28000, 22000, 22000, 22000]),
        (
            {
                "option_etp": "tiers",
                "date_signature_contrat_aide": "2022-03-01",
                "exercice_regroupe": True,
                "exercice_coordonne": True,
            },
            [12000, 9000, 7000, 7350, 7350],
        ),
    ],
)
def test_chaque_annee_suit_le_bareme_de_son_premier_jour(
    faits: dict[str, Any], attendus: list[int]
) -> None:
    reponse = aide(**faits)
    assert reponse.eligible == "oui"
    assert montants(reponse) == attendus
    assert all(annee.citations for annee in reponse.annees)


def test_les_annees_se_suivent_sans_trou_meme_un_29_fevrier() -> None:
    annees = aide(date_signature_contrat_aide="2024-02-29").annees
    assert [un.du.isoformat() for un in annees][:3] == ["2024-02-29", "2025-02-28", "2026-02-28"]
    for une, suivante in pairwise(annees):
        assert (suivante.du - une.au).days == 1


def test_un_nouveau_tiers_temps_est_refuse_depuis_mai_2023() -> None:
    tiers = {"option_etp": "tiers", "date_signature_contrat_aide": "2023-05-02"}
    assert aide(**tiers, contrat_en_cours=False).eligible == "non"
    assert aide(**tiers).eligible == "indetermine"
    assert "contrat_en_cours" in aide(**tiers).manquants
    refusee = aide(option_etp="tiers", contrat_en_cours=False)
    assert refusee.eligible == "non"
    assert refusee.annees == ()
    assert any(un.faits == {"option_etp": "demi"} for un in refusee.pour_changer)


def test_le_21_000_de_l_igas_est_une_alerte_pas_une_valeur() -> None:
    tiers = aide(
        option_etp="tiers",
        date_signature_contrat_aide="2022-03-01",
        exercice_regroupe=True,
        exercice_coordonne=True,
    )
    assert 21000 not in montants(tiers)
    assert "tiers_temps_21_000" in {une.code for une in tiers.alertes} or any(
        "21 000" in une.texte for une in tiers.alertes
    )


def test_sans_rang_d_activite_seule_la_premiere_annee_est_sure() -> None:
    reponse = aide(bande_activite=None)
    assert montants(reponse) == [38000, None, None, None, None]
    assert "bande_activite" in reponse.manquants


def test_le_reste_a_charge_compte_chaque_contrat_partage() -> None:
    seul = aide(salaire_charge_mensuel_cents=300_000)
    assert [un.reste for un in seul.annees][:2] == [36_000_00 - 38_000_00, 36_000_00 - 28_000_00]
    deux = aide(salaire_charge_mensuel_cents=400_000, option_etp="demi", medecins=2)
    assert deux.annees[0].reste == 48_000_00 - 2 * 19_000_00
    assert aide().annees[0].reste is None
    assert "salaire_charge_mensuel_cents" in aide().manquants


def test_le_contrat_collectif_finance_par_temps_plein() -> None:
    collectif = aide(
        contrat_collectif=True,
        date_signature_contrat_aide="2026-03-02",
        etp=1.5,
        medecins=3,
        exercice_particulier=False,
        bande_activite=None,
    )
    assert collectif.version == "collectif_2026"
    assert montants(collectif) == [57000, 42000, 33000, 33000, 33000]
    objectifs = collectif.en_json()["objectifs"]
    assert objectifs == {"mt_plus": 390, "fa_plus": 165, "echeance": "2028-03-02"}


def test_sans_date_il_n_y_a_pas_d_annee() -> None:
    reponse = aide(date_signature_contrat_aide=None)
    assert reponse.annees == ()
    assert reponse.version is None
    assert reponse.eligible == "indetermine"
    assert reponse.manquants[0] == "date_signature_contrat_aide"


def test_avant_l_avenant_7_il_n_y_a_pas_d_aide() -> None:
    reponse = aide(date_signature_contrat_aide="2019-08-19")
    assert (reponse.eligible, reponse.version, reponse.annees) == ("non", None, ())


def test_la_reponse_a_les_cles_du_contrat() -> None:
    objet = aide().en_json()
    assert objet["version"] == "convention_2024"
    for une in objet["annees"]:
        assert une["module_par_objectifs"] is (une["annee"] >= 3)
    assert {"eligible", "version", "annees", "objectifs", "motifs", "manquants", "alertes"} <= set(
        objet
    )
    assert all(motif["sources"] for motif in objet["motifs"])
    assert all(alerte["sources"] for alerte in objet["alertes"])


def _motifs(reponse: Aide) -> dict[str, str]:
    return {un.etape.regle.id: un.etape.issue for un in reponse.motifs}


def test_les_motifs_disent_les_conditions_et_la_vie_du_contrat() -> None:
    dits = _motifs(aide())
    assert dits["version.convention-2024"] == "oui"
    assert dits["eligibilite.patientele-775"] == "oui"
    assert dits["vie.preavis"] == "oui"
    # Neither the scales nor the alerts are reasons: they have their own place in the answer.
    assert {nom.partition(".")[0] for nom in dits} == {"version", "eligibilite", "vie"}


def test_une_version_ecartee_ou_une_clause_sans_objet_ne_se_dit_pas() -> None:
    collectif = _motifs(
        aide(contrat_collectif=True, date_signature_contrat_aide="2026-03-02", etp=1.5, medecins=3)
    )
    assert collectif["version.collectif-2026"] == "oui"
    assert "version.convention-2024" not in collectif
    assert "vie.assistant-partage" not in collectif
    assert collectif["vie.collectif"] == "oui"


def test_un_refus_se_dit_et_une_question_ouverte_aussi() -> None:
    assert (
        _motifs(aide(option_etp="tiers", contrat_en_cours=False))["eligibilite.tiers-temps"]
        == "non"
    )
    ouvertes = _motifs(aide(date_signature_contrat_aide=None))
    assert ouvertes["eligibilite.secteur"] == "indetermine"
    assert ouvertes["version.collectif-2026"] == "indetermine"
    assert not any(nom.startswith("vie.") for nom in ouvertes)


def test_une_annee_a_les_cles_du_contrat() -> None:
    premiere = aide(salaire_charge_mensuel_cents=300_000).en_json()["annees"][0]
    assert premiere == {
        "annee": 1,
        "du": "2024-09-02",
        "au": "2025-09-01",
        "aide_max_cents": 38_000_00,
        "module_par_objectifs": False,
        "reste_employeur_cents": -2_000_00,
    }


def test_ce_qui_ouvrirait_le_contrat_est_dit_en_une_phrase() -> None:
    refusee = aide(option_etp="tiers", contrat_en_cours=False).en_json()
    assert refusee["pour_changer"] == [
        {
            "changements": {"option_etp": "demi"},
            "donne": {"eligible": "oui"},
            "texte": "Avec une autre option : un mi-temps : le contrat d’aide s’ouvre.",
        }
    ]
    assert aide().en_json()["pour_changer"] == []
    secteur_2 = aide(secteur="2").en_json()["pour_changer"]
    assert [un["changements"] for un in secteur_2] == [{"secteur": "2_optam"}]


def test_la_patientele_manquante_se_compte_en_patients() -> None:
    (bascule,) = aide(patientele_mt=300).pour_changer
    assert bascule.faits == {"patientele_mt": 776}
    assert bascule.en_clair("c’est ouvert") == (
        "Avec 476 patients de plus en médecin traitant (776 patients en tout) : c’est ouvert."
    )


def test_un_contrat_signe_trop_tot_attendrait_une_autre_date() -> None:
    """A full-time post was for under-served areas only; four years of waiting are proposed to nobody."""
    ailleurs = {"zone_sous_dense": False, "exercice_regroupe": True, "exercice_coordonne": True}
    assert aide(date_signature_contrat_aide="2019-08-19").pour_changer == ()
    bascule = next(
        un
        for un in aide(date_signature_contrat_aide="2022-11-02", **ailleurs).pour_changer
        if "date_signature_contrat_aide" in un.faits
    )
    assert bascule.en_clair("c’est ouvert") == (
        "Avec une signature à partir du 1er mai 2023 : c’est ouvert."
    )


def test_la_reponse_dit_sa_base_et_son_jour() -> None:
    objet = aide().en_json()
    assert objet["base"] == base_courante().empreinte
    assert objet["au"] == "2024-09-02"
    assert aide(date_signature_contrat_aide=None).en_json()["au"] is None
    assert aide(date_signature_contrat_aide=None).en_json()["objectifs"]["echeance"] is None


def test_chaque_alerte_a_ses_sources_meme_celle_d_une_seule_annee() -> None:
    reponse = aide()
    assert {une.code for une in reponse.alertes} >= {"population_775", "montant_plafond"}
    assert all(reponse.sources_de(une) for une in reponse.alertes)
    autre = aide(
        contrat_collectif=True, date_signature_contrat_aide="2026-03-02", etp=1.5, medecins=3
    )
    inconnue = next(une for une in autre.alertes if une.code == "collectif_source_unique")
    assert reponse.sources_de(inconnue) == ()


def test_la_reponse_est_celle_du_premier_jour_du_contrat() -> None:
    reponse = aide()
    assert reponse.conclusion.dossier["annee"] == 1
    assert reponse.montants["aide_max_cents"] == 38_000_00


def test_un_contrat_collectif_demande_quelle_societe_le_signe() -> None:
    """The only source wants a SCP, a SCM or a SISA: never asked, it may not be taken for granted."""
    collectif: dict[str, Any] = {
        "contrat_collectif": True,
        "date_signature_contrat_aide": "2026-03-02",
        "etp": 0.5,
        "medecins": 1,
        "exercice_particulier": False,
        "contrat_en_cours": False,
    }
    tue = aide(**collectif)
    assert tue.eligible == "indetermine"
    assert tue.manquants[0] == "societe_signataire"
    assert {un: aide(**collectif, societe_signataire=un).eligible for un in ("scm", "sel")} == {
        "scm": "oui",
        "sel": "non",
    }
    # An individual contract is signed by the doctor: the company is not asked for.
    assert "societe_signataire" not in aide().manquants


def test_un_contrat_en_cours_ne_se_tait_pas_dans_un_oui() -> None:
    reponse = aide(contrat_en_cours=True, date_signature_contrat_aide="2026-03-02")
    assert reponse.eligible == "oui"
    assert "contrat_deja_en_cours" in {une.code for une in reponse.alertes}
    assert not any("Aucun contrat individuel" in un.texte for un in reponse.motifs)
    assert "contrat_deja_en_cours" not in {une.code for une in aide(contrat_en_cours=False).alertes}


def test_personne_n_attend_quatre_ans_pour_signer() -> None:
    def reports(jour: str) -> list[Any]:
        seul = aide(
            date_signature_contrat_aide=jour,
            option_etp="demi",
            exercice_regroupe=False,
            zone_sous_dense=False,
            patientele_mt=1000,
        )
        assert seul.eligible == "non"
        return [un.faits for un in seul.pour_changer if "date_signature_contrat_aide" in un.faits]

    assert reports("2019-09-19") == []
    assert reports("2021-04-30") == []
    assert reports("2021-05-01") == [{"date_signature_contrat_aide": date(2023, 5, 1)}]
