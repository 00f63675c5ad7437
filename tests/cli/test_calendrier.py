"""`binome calendrier`: the JSON contract, what a person reads, and what is refused."""

from __future__ import annotations

import json

import pytest

from tests.cli.terminal import lancer

OPTIONS = ("--debut", "2027-01-11", "--heures", "279", "--zone", "a", "--jours", "lundi,vendredi")
DEMANDE = {"debut": "2027-01-11", "minutes": 16740, "jours": ["mardi", "mercredi"], "zone": "A"}


def test_le_contrat_json() -> None:
    rendu = lancer("calendrier", "--json", "-", entree=json.dumps(DEMANDE))
    assert rendu.code == 0
    reponse = json.loads(rendu.sortie)
    assert list(reponse) == ["jours", "fin", "perdus", "alertes"]
    assert (reponse["jours"][0], reponse["fin"]) == ("2027-01-12", "2027-06-23")
    assert reponse["perdus"][0] == {"date": "2027-02-16", "raison": "vacances d’hiver"}


def test_une_demande_par_ligne_et_une_faute_refuse_tout() -> None:
    lignes = [json.dumps({**DEMANDE, "zone": zone}) for zone in "ABC"]
    rendu = lancer("calendrier", "--json", "-", entree="\n".join(lignes))
    assert [len(json.loads(une)["jours"]) for une in rendu.sortie.splitlines()] == [40, 40, 40]
    refus = lancer("calendrier", "--json", "-", entree="\n".join([*lignes, '{"zone": "D"}']))
    assert (refus.code, refus.sortie) == (2, "")
    assert "ligne 4, zone : A, B ou C" in refus.erreur


def test_une_personne_lit_la_fin_les_jours_perdus_et_les_jours_qui_iraient_mieux() -> None:
    sortie = " ".join(lancer("calendrier", *OPTIONS).sortie.split())
    assert "Fin le 3 septembre 2027" in sortie
    assert "279 h en 40 jours de formation, le lundi et le vendredi" in sortie
    assert "29 mars 2027 : jour férié : lundi de Pâques" in sortie
    assert "le mardi et le mercredi : 23 juin 2027" in sortie


@pytest.mark.parametrize(
    ("options", "mots"),
    [
        ((*OPTIONS, "--par-jour", "25 h"), "--par-jour : une durée est attendue"),
        ((*OPTIONS, "--departement", "974"), "a ses propres vacances"),
        (("--heures", "douze"), "--heures : une durée est attendue"),
        (("--heures", "douze"), "--debut : dites le premier jour possible"),
        ((), "--heures : une durée est attendue"),
        (("--json", "-", "--zone", "A"), "--json ne va avec aucune autre option"),
    ],
)
def test_ce_qui_est_refuse_dit_quoi_faire(options: tuple[str, ...], mots: str) -> None:
    rendu = lancer("calendrier", *options, entree="{}")
    assert rendu.code == 2
    assert mots in rendu.erreur
