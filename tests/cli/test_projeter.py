"""`binome projeter`: the JSON contract, what a person reads, and what is refused."""

from __future__ import annotations

import json

import pytest

from tests.cli.terminal import lancer

DEMANDE = {
    "au": "2023-06-30",
    "jusqu_a": "2026-12",
    "reformes": [],
    "hypotheses": {},
    "famille": "A",
}
COURBES = ["contrats", "personnes", "entrees", "certifies", "euros"]


def test_le_contrat_json() -> None:
    rendu = lancer("projeter", "--json", "-", entree=json.dumps(DEMANDE))
    assert rendu.code == 0, rendu.erreur
    reponse = json.loads(rendu.sortie)
    assert list(reponse) == ["mois", *COURBES, "contrainte", "sources"]
    assert (reponse["mois"][0], reponse["mois"][-1]) == ("2023-07", "2026-12")
    for courbe in COURBES:
        assert {len(une) for une in reponse[courbe].values()} == {42}
    assert set(reponse["contrainte"][0]) == {"demande", "places", "argent"}
    assert lancer("projeter", "--json", "-", entree=json.dumps(DEMANDE)).sortie == rendu.sortie


def test_une_demande_par_ligne_et_une_faute_refuse_tout() -> None:
    lignes = [json.dumps({**DEMANDE, "famille": famille}) for famille in "AB"]
    rendu = lancer("projeter", "--json", "-", entree="\n".join(lignes))
    une, autre = (json.loads(ligne)["contrats"] for ligne in rendu.sortie.splitlines())
    assert une != autre
    fausse = json.dumps({**DEMANDE, "au": "2018-06-30", "hypotheses": {"reserve_euros": -1}})
    refus = lancer("projeter", "--json", "-", entree="\n".join([*lignes, fausse]))
    assert (refus.code, refus.sortie) == (2, "")
    assert refus.erreur.splitlines() == [
        "ligne 3, au : entre 2019 et 2040 ; rien n’est connu avant, rien n’est dit après",
        "ligne 3, hypotheses.reserve_euros : entre 0 et 500000000 ; -1 est dehors",
    ]


def test_une_personne_lit_l_intervalle_ce_qui_retient_et_le_score() -> None:
    rendu = lancer(
        "projeter", "--au", "2023-06-30", "--jusqu-a", "2026-12", "--reforme", "igas-3",
        "--hypothese", "argent_annuel_euros=6000000", "--famille", "a",
    )  # fmt: skip
    sortie = " ".join(rendu.sortie.split())
    assert rendu.code == 0, rendu.erreur
    assert "huit tirages sur dix" in sortie
    assert "argent : 9" in sortie
    assert "Part des personnes recrutées qui entrent un jour en formation :" in sortie
    assert "trompée de 15 % en moyenne sur les contrats (une droite, de 16 %)" in sortie
    assert "son intervalle en contient 5 sur 5" in sortie
    assert "igas-3 (non chiffrable, aucune courbe ne bouge)" in sortie
    assert "Aucune courbe ne bouge : aucune source ne donne l’effet." in sortie


@pytest.mark.parametrize(
    ("options", "mots"),
    [
        ((), "au : dites à quelle date"),
        (("--au", "2023-06-30"), "jusqu_a : dites le dernier mois voulu"),
        (("--hypothese", "argent"), "--hypothese attend un nom et un nombre"),
        (("--json", "-", "--famille", "A"), "--json ne va avec aucune autre option"),
    ],
)
def test_ce_qui_est_refuse_dit_quoi_faire(options: tuple[str, ...], mots: str) -> None:
    rendu = lancer("projeter", *options, entree="{}")
    assert rendu.code == 2
    assert mots in rendu.erreur
