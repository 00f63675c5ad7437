"""What was read beside the sources: the facts, and what makes an answer right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


def alertes(reponse: Any) -> list[str]:
    return [une["code"] for une in reponse["alertes"]]


def motifs(reponse: Any) -> dict[str, str]:
    return {un["regle"]: un["issue"] for un in reponse["motifs"]}


def texte(reponse: Any, regle: str) -> str:
    return next(str(un["texte"]) for un in reponse["motifs"] if un["regle"] == regle)


def textes(reponse: Any, cle: str) -> list[str]:
    return [un["texte"] for un in reponse[cle]]


def statut(reponse: Any, module: str) -> str:
    return next(str(un["statut"]) for un in reponse["modules"] if un["code"] == module)


def voie(reponse: Any, code: str) -> Any:
    return next(une for une in reponse["voies"] if une["code"] == code)


def jour(reponse: Any, code: str) -> str:
    return next(str(une["date"]) for une in reponse["echeances"] if une["code"] == code)


class Lu(NamedTuple):
    """One input: the question, the facts, and whether an answer is right."""

    juste: str
    question: str
    faits: dict[str, Any]
    est_juste: Callable[[Any], bool]


LUS: Final = (
    Lu(
        "the hours of the FAE become known",
        "positionner",
        {"date_entree": "2025-05-10", "diplomes": ["ide"], "situation": "salarie_cabinet"},
        lambda r: (
            textes(r, "pour_changer")
            == [
                "Avec une entrée en formation à partir du 25 juin 2025 : la durée est connue, 75 h."
            ]
        ),
    ),
    Lu(
        "an AFGSU obtained after entry is not held",
        "positionner",
        {
            "date_entree": "2026-01-15",
            "diplomes": [],
            "niveau_diplome": 4,
            "experience_secretaire_mois": 0,
            "afgsu_niveau": 1,
            "afgsu_date": "2026-06-01",
            "date_jury": "2026-09-01",
        },
        lambda r: (
            r["minutes"]["total"] == 279 * 60
            and "afgsu_apres_entree" in alertes(r)
            and statut(r, "B4M4") != "acquis"
        ),
    ),
    Lu(
        "an AFGSU that expired raises no alert",
        "positionner",
        {
            "date_entree": "2026-01-15",
            "diplomes": [],
            "niveau_diplome": 4,
            "afgsu_niveau": 2,
            "afgsu_date": "2019-01-10",
        },
        lambda r: "afgsu_2" not in alertes(r),
    ),
    Lu(
        "an era without a table is a most",
        "positionner",
        {
            "date_entree": "2024-06-01",
            "diplomes": ["secretaire_medical"],
            "niveau_diplome": 4,
            "situation": "salarie_cabinet",
        },
        lambda r: (
            r["minutes"]["total"] == 279 * 60
            and r["a_confirmer"][0]["minutes_en_moins"] is None
            and not any(" h" in un for un in textes(r, "pour_changer"))
        ),
    ),
    Lu(
        "nobody knows after 2030",
        "positionner",
        {
            "date_entree": "2030-06-26",
            "niveau_diplome": 4,
            "situation": "salarie_cabinet",
            "diplomes": [],
        },
        lambda r: (
            r["voie"] == "indetermine" and r["manquants"] == [] and "hors_fenetre" in alertes(r)
        ),
    ),
    Lu(
        "nobody knows between two registrations",
        "positionner",
        {
            "date_entree": "2025-05-20",
            "niveau_diplome": 4,
            "situation": "salarie_cabinet",
            "diplomes": [],
        },
        lambda r: r["voie"] == "indetermine" and motifs(r)["voie.entre-deux"] == "indetermine",
    ),
    Lu(
        "the VAE is a way",
        "positionner",
        {
            "date_entree": "2026-01-15",
            "niveau_diplome": 3,
            "diplomes": [],
            "experience_secretaire_mois": 0,
            "heures_experience_vae": 1607,
            "situation": "salarie_cabinet",
        },
        lambda r: (
            motifs(r)["vae.seuil"] == "oui"
            and not any("Aucune voie" in un for un in textes(r, "motifs"))
        ),
    ),
    Lu(
        "no VAE before a registration",
        "positionner",
        {
            "date_entree": "2021-06-01",
            "heures_experience_vae": 2500,
            "diplomes": [],
            "niveau_diplome": 4,
            "situation": "salarie_cabinet",
        },
        lambda r: motifs(r)["vae.seuil"] == "non",
    ),
    Lu(
        "both delays of the FAE",
        "positionner",
        {
            "date_entree": "2026-10-15",
            "diplomes": ["ide"],
            "date_prise_fonction": "2024-07-01",
            "date_signature_contrat_aide": "2024-07-01",
            "situation": "salarie_cabinet",
        },
        lambda r: (
            motifs(r)["delai.fae-trois-ans"] == "oui"
            and motifs(r)["delai.convention-2024.fae"] == "non"
        ),
    ),
    Lu(
        "a contract with whom",
        "positionner",
        {
            "date_entree": "2026-01-15",
            "diplomes": [],
            "niveau_diplome": 4,
            "situation": "demandeur_emploi",
            "contrat": "cdi",
        },
        lambda r: (
            motifs(r)["entree.employeur"] == "indetermine" and "employeur_contrat" in r["manquants"]
        ),
    ),
    Lu(
        "the FAE follows the post",
        "positionner",
        {
            "date_entree": "2026-02-01",
            "diplomes": ["aide_soignant"],
            "situation": "demandeur_emploi",
            "contrat": "aucun",
        },
        lambda r: r["voie"] == "fae" and "employeur_requis" in alertes(r),
    ),
    Lu(
        "practice outside the surgeries",
        "positionner",
        {"date_entree": "2026-01-15", "diplomes": ["aide_soignant"], "situation": "salarie_autre"},
        lambda r: (
            "lieu_d_exercice" in alertes(r) and "en ville" in texte(r, "exercice.diplome-soignant")
        ),
    ),
    Lu(
        "a diploma has its level",
        "positionner",
        {"date_entree": "2026-01-15", "diplomes": ["sage_femme"], "situation": "salarie_cabinet"},
        lambda r: (
            r["voie"] == "cqp"
            and motifs(r)["exercice.sage-femme"] == "oui"
            and not any("FAE doit" in un for un in textes(r, "motifs"))
        ),
    ),
    Lu(
        "activité partielle is asked",
        "financer",
        {
            "situation": "salarie_cabinet",
            "contrat": "cdd",
            "niveau_diplome": 4,
            "objectif": "cqp",
            "age": 35,
            "publics": [],
            "duree_parcours_mois": 12,
            "heures_semaine": 35,
            "heures_formation": 279,
            "date_avenant_contrat": "2025-11-03",
            "date_entree": "2025-11-10",
        },
        lambda r: (
            voie(r, "pro_a")["issue"] == "indetermine"
            and voie(r, "pro_a")["manquants"] == ["activite_partielle"]
        ),
    ),
    Lu(
        "the socle needs no list",
        "financer",
        {
            "situation": "salarie_cabinet",
            "contrat": "cdi",
            "niveau_diplome": 4,
            "objectif": "socle",
            "age": 35,
            "publics": [],
            "duree_parcours_mois": 12,
            "heures_semaine": 35,
            "heures_formation": 279,
            "date_avenant_contrat": "2021-03-01",
            "date_entree": "2021-04-01",
        },
        lambda r: voie(r, "pro_a")["issue"] == "oui",
    ),
    Lu(
        "a minimum between 15 and 25 %",
        "financer",
        {
            "situation": "salarie_cabinet",
            "contrat": "cdi",
            "niveau_diplome": 4,
            "objectif": "cqp",
            "age": 41,
            "publics": [],
            "duree_parcours_mois": 10,
            "heures_semaine": 35,
            "heures_formation": 384,
            "date_avenant_contrat": "2022-06-01",
            "date_entree": "2022-09-05",
        },
        lambda r: (
            voie(r, "pro_a")["issue"] == "indetermine" and "part_15_25" in alertes(voie(r, "pro_a"))
        ),
    ),
    Lu(
        "a training that the person may not enter",
        "financer",
        {
            "situation": "salarie_cabinet",
            "contrat": "cdi",
            "niveau_diplome": 0,
            "diplomes": [],
            "experience_secretaire_mois": 0,
            "objectif": "cqp",
            "date_entree": "2026-09-07",
        },
        lambda r: voie(r, "pdc")["issue"] == "oui" and "cqp_ferme" in alertes(voie(r, "pdc")),
    ),
    Lu(
        "three aids for one post",
        "aide",
        {
            "specialite": "medecine_generale",
            "secteur": "1",
            "patientele_mt": 1200,
            "bande_activite": "p50_p70",
            "date_signature_contrat_aide": "2026-02-02",
            "contrat_collectif": False,
            "nouvel_installe": False,
            "contrat_en_cours": False,
            "option_etp": "un",
            "medecins": 3,
            "salaire_charge_mensuel_cents": 350000,
        },
        lambda r: r["eligible"] == "non" and r["annees"] == [],
    ),
    Lu(
        "individual contracts close first",
        "aide",
        {
            "specialite": "medecine_generale",
            "secteur": "1",
            "patientele_mt": 1200,
            "bande_activite": "p50_p70",
            "date_signature_contrat_aide": "2026-03-02",
            "contrat_collectif": True,
            "medecins": 4,
            "etp": 1,
            "exercice_particulier": False,
            "nouvel_installe": False,
            "contrat_en_cours": True,
        },
        lambda r: (
            r["eligible"] == "indetermine"
            and "individuels" in texte(r, "eligibilite.collectif-contrats-individuels")
        ),
    ),
    Lu(
        "no collective aid before its day",
        "aide",
        {
            "specialite": "medecine_generale",
            "secteur": "1",
            "patientele_mt": 1200,
            "bande_activite": "p50_p70",
            "date_signature_contrat_aide": "2026-02-24",
            "contrat_collectif": True,
            "nouvel_installe": False,
            "contrat_en_cours": False,
            "option_etp": "un",
        },
        lambda r: r["eligible"] == "non" and r["annees"] == [],
    ),
    Lu(
        "half a post more at most",
        "aide",
        {
            "specialite": "medecine_generale",
            "secteur": "1",
            "patientele_mt": 1200,
            "bande_activite": "p50_p70",
            "date_signature_contrat_aide": "2026-11-02",
            "contrat_collectif": True,
            "medecins": 1,
            "etp": 50,
            "exercice_particulier": False,
            "nouvel_installe": False,
            "contrat_en_cours": False,
        },
        lambda r: r["eligible"] == "non" and r["annees"] == [],
    ),
    Lu(
        "the last day of the contract",
        "echeances",
        {"date_signature_contrat_aide": "2026-02-02"},
        lambda r: jour(r, "fin_contrat") == "2031-02-01",
    ),
    Lu(
        "no aid contract is told",
        "echeances",
        {"date_prise_fonction": "2019-11-13", "diplomes": ["ide"]},
        lambda r: jour(r, "fae") == "2022-11-13",
    ),
)
