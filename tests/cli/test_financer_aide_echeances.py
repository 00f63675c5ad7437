"""The money, the aid contract and the clocks by pipe and by table: their contracts, their refusals."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from binome.cli.affichage import citations
from binome.cli.aide import SERVICE as AIDE
from binome.cli.echeances import SERVICE as ECHEANCES
from binome.cli.financer import SERVICE as FINANCER
from binome.regles.courante import base_courante
from tests.cli.terminal import lancer
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from pathlib import Path

    from binome.cli.question import Service

SERVICES: Final = (FINANCER, AIDE, ECHEANCES)
DOSSIERS: Final[dict[str, dict[str, Any]]] = {
    "financer": {
        "date_entree": "2026-09-07",
        "diplomes": [],
        "objectif": "cqp",
        "situation": "salarie_cabinet",
        "heures_formation": 279.5,
        "age": 34,
    },
    "aide": {
        "date_signature_contrat_aide": "2026-02-02",
        "specialite": "medecine_generale",
        "secteur": "1",
        "option_etp": "un",
        "zone_sous_dense": True,
        "part_ccam_pct": 12.5,
    },
    "echeances": {
        "date_signature_contrat_aide": "2026-02-02",
        "date_prise_fonction": "2026-03-02",
        "secretaire_promue": True,
    },
}
CLES: Final = {
    "financer": {"voies", "documents", "base", "au"},
    "aide": set(
        "eligible version annees objectifs motifs manquants pour_changer alertes documents base au".split()
    ),
    "echeances": {"echeances", "documents", "base"},
}
LISTES: Final = {
    "financer": (
        "voies",
        {"code", "issue", "motifs", "manquants", "pour_changer", "montants_cents", "alertes"},
    ),
    "aide": (
        "annees",
        {"annee", "du", "au", "aide_max_cents", "module_par_objectifs", "reste_employeur_cents"},
    ),
    "echeances": (
        "echeances",
        {"code", "date", "jour_ouvre", "lectures", "motifs", "manquants", "alertes"},
    ),
}
chacun = pytest.mark.parametrize("service", SERVICES, ids=lambda un: un.nom)
un_seul = pytest.mark.parametrize("service", un_sur(3, SERVICES, 1), ids=lambda un: un.nom)


@chacun
def test_la_reponse_est_celle_des_regles_et_suit_le_contrat(service: Service) -> None:
    base, dossier = base_courante(), DOSSIERS[service.nom]
    resultat = lancer(service.nom, "--json", "-", entree=json.dumps(dossier, indent=2))
    assert (resultat.code, resultat.erreur) == (0, "")
    reponse = json.loads(resultat.sortie)
    assert reponse == service.repondre(base, base.vue(service.vue).lire(dossier)).en_json()
    assert set(reponse) == CLES[service.nom]
    cle, attendues = LISTES[service.nom]
    assert reponse[cle]
    assert all(set(une) == attendues for une in reponse[cle])
    assert reponse["base"] == base.empreinte


@chacun
def test_un_objet_par_ligne_donne_un_objet_par_ligne(service: Service) -> None:
    lignes = [DOSSIERS[service.nom], {}, DOSSIERS[service.nom]]
    entree = "\n".join(json.dumps(un) for un in lignes) + "\n\n"
    resultat = lancer(service.nom, "--json", "-", entree=entree)
    assert resultat.code == 0
    premiere, vide, troisieme = map(json.loads, resultat.sortie.splitlines())
    assert premiere == troisieme != vide


def test_une_source_peu_sure_se_dit_a_chaque_citation() -> None:
    sources = base_courante().entiere.regles["alerte-aide.plafond"].sources
    dites = citations(sources).plain.split(" ; ")
    assert len(dites) == len(sources)
    for une, dite in zip(sources, dites, strict=True):
        faible = une.source.fiabilite == "faible"
        assert dite == f"{une}{' (source peu sûre)' if faible else ''}"
    assert {un.endswith("(source peu sûre)") for un in dites} == {True, False}


def test_igas_9_change_l_echeance_de_l_entree_en_formation() -> None:
    entree = json.dumps({"date_signature_contrat_aide": "2026-02-02"})

    def jours(*options: str) -> dict[str, str]:
        sortie = lancer("echeances", "--json", "-", *options, entree=entree).sortie
        return {une["code"]: une["date"] for une in json.loads(sortie)["echeances"]}

    assert "entree_formation" not in jours()
    assert jours("--reforme", "igas-9")["entree_formation"] == "2027-02-02"


BOOLEEN: Final = "n’est ni vrai ni faux ; écrivez oui ou non (true ou false en JSON)"
CALENDRIER: Final = "le 30/02/2026 n’existe pas dans le calendrier"
INCONNU: Final = "ce fait n’existe pas"
MAUVAISES: Final[list[tuple[str, str | bytes, list[str]]]] = [
    *(
        (service.nom, entree, [f"entrée : {raison}"])
        for service in SERVICES
        for entree, raison in (
            ("", "elle est vide ; donnez un objet JSON, ou un objet par ligne"),
            ("{", "JSON illisible, à la ligne 1, colonne 2"),
            ("[]", "un objet est attendu, entre accolades"),
            ('{"age": NaN}', "« NaN » n’est pas un nombre"),
            ('{"contrat": "cdi", "contrat": "cdd"}', "la clé « contrat » est donnée deux fois"),
            (
                '{"situation": "salarié"}'.encode("latin-1"),
                "ce n’est pas du texte UTF-8 (octet 22). Enregistrez le fichier en « UTF-8 », puis recommencez.",
            ),
        )
    ),
    *(
        (service.nom, json.dumps({cle: 60}), [f"{cle} : {raison}"])
        for service in SERVICES
        for cle, raison in (
            ("minutes_positionnement", INCONNU),
            ("voie", INCONNU),
            ("annee", f"{INCONNU} ; vouliez-vous dire « date_entree » ?"),
        )
    ),
    (
        "financer",
        '{"zone_sous_dense": true}',
        ["zone_sous_dense : ce fait ne sert pas à cette question ; retirez-le"],
    ),
    (
        "financer",
        '{"heure_semaine": 35}',
        [f"heure_semaine : {INCONNU} ; vouliez-vous dire « heures_semaine » ?"],
    ),
    ("financer", '{"heures_semaine": "35"}', ["heures_semaine : « 35 » n’est pas un nombre"]),
    ("financer", '{"heures_semaine": true}', ["heures_semaine : « True » n’est pas un nombre"]),
    (
        "financer",
        '{"heures_formation": 1.234}',
        ["heures_formation : « 1.234 » a plus de deux décimales"],
    ),
    (
        "financer",
        '{"heures_semaine": 0.99}',
        ["heures_semaine : 0.99 est trop petit ; le plus petit possible est 1"],
    ),
    (
        "financer",
        '{"effectif_entreprise": -2, "date_avenant_contrat": "2026-02-30"}',
        [
            "effectif_entreprise : -2 est négatif ; indiquez 0 ou plus",
            f"date_avenant_contrat : {CALENDRIER}",
        ],
    ),
    (
        "financer",
        '{"publics": "aucun"}',
        [
            'publics : « aucun » n’est pas une liste ; écrivez par exemple [] ou ["sans_second_cycle"]'
        ],
    ),
    (
        "aide",
        '{"secteurs": "1"}',
        [f"secteurs : {INCONNU} ; vouliez-vous dire « secteur » ?"],
    ),
    ("aide", '{"zone_sous_dense": "oui"}', [f"zone_sous_dense : « oui » {BOOLEEN}"]),
    ("aide", '{"contrat_en_cours": 1}', [f"contrat_en_cours : « 1 » {BOOLEEN}"]),
    ("aide", '{"part_ccam_pct": 17.555}', ["part_ccam_pct : « 17.555 » a plus de deux décimales"]),
    (
        "aide",
        '{"part_ccam_pct": 100.01}',
        ["part_ccam_pct : 100.01 est trop grand ; le plus grand possible est 100"],
    ),
    ("aide", '{"etp": -0.5}', ["etp : -0.5 est trop petit ; le plus petit possible est 0"]),
    (
        "aide",
        '{"salaire_charge_mensuel_cents": -1}',
        ["salaire_charge_mensuel_cents : -1 est négatif ; indiquez 0 ou plus"],
    ),
    (
        "aide",
        '{"salaire_charge_mensuel_cents": 2800.5}',
        ["salaire_charge_mensuel_cents : « 2800.5 » n’est pas un nombre entier"],
    ),
    (
        "aide",
        '{"date_signature_contrat_aide": "2026-02-30"}',
        [f"date_signature_contrat_aide : {CALENDRIER}"],
    ),
    (
        "echeances",
        '{"date_signature_contrat": "2026-02-02"}',
        [
            f"date_signature_contrat : {INCONNU} ; vouliez-vous dire « date_signature_contrat_aide » ?"
        ],
    ),
    ("echeances", '{"secretaire_promue": "oui"}', [f"secretaire_promue : « oui » {BOOLEEN}"]),
    (
        "echeances",
        '{"date_prise_fonction": "2026-02-30", "secretaire_promue": 0}',
        [f"date_prise_fonction : {CALENDRIER}", f"secretaire_promue : « 0 » {BOOLEEN}"],
    ),
    (
        "echeances",
        '{}\n{"secretaire_promue": "non"}\nzut',
        [
            f"ligne 2, secretaire_promue : « non » {BOOLEEN}",
            "ligne 3, entrée : JSON illisible, colonne 1",
        ],
    ),
]


@pytest.mark.parametrize(
    ("commande", "entree", "fautes"),
    un_sur(3, MAUVAISES, 0.05),
    ids=[f"{nom} {un!r}" for nom, un, _ in MAUVAISES],
)
def test_une_mauvaise_entree_est_dite_et_rien_n_est_ecrit(
    commande: str, entree: str | bytes, fautes: list[str]
) -> None:
    resultat = lancer(commande, "--json", "-", entree=entree)
    assert (resultat.code, resultat.sortie, resultat.fautes) == (2, "", fautes)


@chacun
def test_des_options_qui_ne_vont_pas_ensemble_sont_dites_au_nom_de_la_commande(
    service: Service,
) -> None:
    for options, faute in (
        (
            ["--json", "-", "--lot", "x.csv"],
            "choisissez une seule entrée parmi --json, --fiche et --lot",
        ),
        (["--json", "-", "--sortie", "x.csv"], "--sortie ne va qu’avec --lot"),
        (["--lot", "x.csv"], "dites où écrire le résultat, avec --sortie FICHIER"),
    ):
        resultat = lancer(service.nom, *options, entree="{}")
        assert (resultat.code, resultat.fautes) == (2, [f"{service.nom} : {faute}"])


LOTS: Final = {
    "financer": (
        "reference;date_entree;diplomes;objectif;situation;heures_formation;heures_semaine\n"
        "A;07/09/2026;aucun;cqp;salarie_cabinet;279,5;35\n"
        "X;2026-02-30;aucun;cpq;salarie_cabinet;1,234;-35\n"
        "B;2026-09-07;ide;;;;\n",
        "ligne 3 : colonne date_entree, valeur « 2026-02-30 », le 30/02/2026 n’existe pas dans le calendrier ; "
        "colonne objectif, valeur « cpq », « cpq » n’est pas connu ; attendu : cqp, fae, socle, vae ; vouliez-vous dire « cqp » ? ; "
        "colonne heures_formation, valeur « 1,234 », « 1.234 » a plus de deux décimales ; "
        "colonne heures_semaine, valeur « -35 », -35 est trop petit ; le plus petit possible est 1",
        ["2 A", "4 B"],
    ),
    "aide": (
        "reference;date_signature_contrat_aide;specialite;secteur;option_etp;zone_sous_dense;salaire_charge_mensuel_cents\n"
        "A;02/02/2026;medecine_generale;1;un;oui;350000\n"
        "X;2026-02-02;medecine_generale;1;un;peut-être;-1\n"
        "B;;;;;NON;\n",
        "ligne 3 : colonne zone_sous_dense, valeur « peut-être », « peut-être » n’est ni vrai ni faux ; écrivez oui ou non (true ou false en JSON) ; "
        "colonne salaire_charge_mensuel_cents, valeur « -1 », -1 est négatif ; indiquez 0 ou plus",
        [*["2 A"] * 5, *["4 B"] * 5],
    ),
    "echeances": (
        "reference;date_signature_contrat_aide;date_prise_fonction;secretaire_promue\n"
        "A;02/02/2026;02/03/2026;oui\n"
        "X;hier;;1\n"
        "B;;;\n",
        "ligne 3 : colonne date_signature_contrat_aide, valeur « hier », « hier » n’est pas une date ; écrivez année-mois-jour, par exemple 2026-01-15 ; "
        "colonne secretaire_promue, valeur « 1 », « 1 » n’est ni vrai ni faux ; écrivez oui ou non (true ou false en JSON)",
        ["2 A", "4 B"],
    ),
}


@un_seul
def test_un_lot_garde_les_bonnes_lignes_et_nomme_les_mauvaises(
    service: Service, tmp_path: Path
) -> None:
    contenu, faute, attendues = LOTS[service.nom]
    source, cible = tmp_path / "lot.csv", tmp_path / "resultat.csv"
    source.write_text(contenu, encoding="utf-8")
    resultat = lancer(service.nom, "--lot", source, "--sortie", cible)
    assert (resultat.code, resultat.sortie) == (1, "")
    compte = f"{service.lignes} dans {cible} : 2, lignes écartées : 1."
    assert resultat.fautes == [faute, compte]
    lignes = list(csv.DictReader(io.StringIO(cible.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert [f"{une['ligne']} {une['reference']}" for une in lignes] == attendues
    assert {une["base"] for une in lignes} == {base_courante().empreinte}
    premier = cible.read_bytes()
    assert lancer(service.nom, "--lot", source, "--sortie", cible).code == 1
    assert cible.read_bytes() == premier


@un_seul
def test_un_lot_sans_mauvaise_ligne_finit_bien(service: Service, tmp_path: Path) -> None:
    entete, premiere, *_ = LOTS[service.nom][0].splitlines()
    source, cible = tmp_path / "lot.csv", tmp_path / "resultat.parquet"
    source.write_text(f"{entete}\n{premiere}\n", encoding="utf-8")
    resultat = lancer(service.nom, "--lot", source, "--sortie", cible)
    compte = f"{service.lignes} dans {cible} : 1, lignes écartées : 0."
    assert (resultat.code, resultat.fautes) == (0, [compte])


@un_seul
def test_un_lot_inutilisable_ne_laisse_rien(service: Service, tmp_path: Path) -> None:
    source, cible = tmp_path / "lot.csv", tmp_path / "resultat.csv"
    for contenu, faute in (
        ("", "le fichier est vide"),
        ("date_entree\n2026-02-30\n", "aucune ligne lisible ; rien n’a été écrit"),
        ("voie\ncqp\n", "la colonne « voie » n’existe pas"),
        (
            "date_entre\n2026-01-15\n",
            "la colonne « date_entre » n’existe pas ; vouliez-vous dire « date_entree » ?",
        ),
    ):
        source.write_text(contenu, encoding="utf-8")
        resultat = lancer(service.nom, "--lot", source, "--sortie", cible)
        assert (resultat.code, resultat.sortie) == (2, "")
        assert resultat.fautes[-1] == f"{source} : {faute}"
        assert not cible.exists()
