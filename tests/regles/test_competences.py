"""The competences of a référentiel: deduced, said so, and never one that the catalogue forbids."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles import competences as module
from binome.regles.competences import competences, listes_de_competences
from binome.regles.courante import base_courante, donnees_de
from binome.regles.lecture import BaseInvalide, lire_yaml
from binome.regles.taches import taches

if TYPE_CHECKING:
    from pathlib import Path

REFERENTIELS = ("rncp36358-279", "rncp36358-384", "rncp40913")
INFINITIF = re.compile(r"[A-ZÀÉÊ]\w*(er|ir|re)\b|Se servir\b")


@pytest.mark.parametrize("nom", REFERENTIELS)
def test_chaque_module_a_de_deux_a_quatre_competences(nom: str) -> None:
    """Those of the AFGSU have one: no source details them."""
    lues = competences(nom)
    for un in base_courante().referentiels[nom].modules:
        siennes = [une for une in lues if une.module == un.code]
        assert [une.code for une in siennes] == [
            f"{un.code}C{rang}" for rang in range(1, len(siennes) + 1)
        ]
        assert (1 if un.marque == "afgsu" else 2) <= len(siennes) <= 4, un.code
        assert {une.bloc for une in siennes} == {un.bloc}


@pytest.mark.parametrize("nom", REFERENTIELS)
def test_une_competence_se_dit_a_voix_haute_et_ne_s_exerce_que_sur_ce_qui_est_permis(
    nom: str,
) -> None:
    permises = {une.code for une in taches() if any(geste.verdict == "oui" for geste in une.gestes)}
    for une in competences(nom):
        assert INFINITIF.match(une.intitule), une.intitule
        assert len(une.intitule) <= 70
        assert not une.intitule.endswith(".")
        assert "'" not in une.intitule
        assert set(une.taches) <= permises
        assert une.sources


def test_ce_qui_est_permis_sans_reserve_s_apprend_quelque_part() -> None:
    """The catalogue is not left behind: every simply permitted task is the matter of some competence."""
    apprises = {tache for une in competences("rncp40913") for tache in une.taches}
    assert {une.code for une in taches() if une.statut == "permise"} - apprises == set()


def test_une_liste_deduite_le_dit_et_dit_qui_la_tient() -> None:
    assert tuple(sorted(listes_de_competences())) == REFERENTIELS
    for liste in listes_de_competences().values():
        assert liste.statut == "deduit"
        assert "n’a pas été lue" in liste.note
        assert "CPNEFP" in liste.detient


def test_les_deux_versions_de_memes_modules_ont_les_memes_competences() -> None:
    assert competences("rncp36358-279") == competences("rncp36358-384")


def test_rien_n_a_ete_lu_pour_le_reste() -> None:
    assert competences("fae") == ()
    assert competences("") == ()


def _lues_avec(monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]) -> None:
    """The list of RNCP40913 with a change, in its file or in its first competence."""

    def lire(chemin: Path) -> Any:
        brut = copy.deepcopy(lire_yaml(chemin))
        if chemin.stem == "rncp40913":
            brut |= {cle: valeur for cle, valeur in change.items() if cle in brut}
            brut["competences"][0] |= {
                cle: valeur for cle, valeur in change.items() if cle not in brut
            }
        return brut

    monkeypatch.setattr(module, "lire_yaml", lire)
    listes_de_competences.__wrapped__()


@pytest.mark.parametrize(
    ("change", "faute"),
    [
        ({"referentiel": "rncp36358-384"}, "n’est pas celui que le fichier nomme"),
        ({"statut": "certain"}, "statut inconnu « certain »"),
        ({"detient": ""}, "dites ce qui a été lu, et qui tient la liste officielle"),
        ({"code": "B1M1"}, "un code s’écrit module, C, rang"),
        ({"code": "B9M1C1"}, "le module « B9M1 » n’est pas du référentiel rncp40913"),
        ({"code": "B1M1C2"}, "« B1M1C2 » est donné 2 fois"),
        ({"code": "B1M2C9"}, "les compétences ne suivent pas l’ordre des modules"),
        ({"taches": ["Z1"]}, "la tâche « Z1 » n’est pas au catalogue"),
        ({"taches": ["F10"]}, "la tâche F10 n’a aucun geste permis"),
        ({"taches": ["F9"]}, "la tâche F9 n’a aucun geste permis"),
        ({"taches": []}, "il lui faut une tâche du catalogue et une source"),
        ({"sources": []}, "il lui faut une tâche du catalogue et une source"),
        ({"sources": ["igas-2023, ¶999"]}, "le passage « ¶999 » n’est pas déclaré"),
    ],
)
def test_une_liste_mal_ecrite_est_refusee(
    change: dict[str, Any], faute: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BaseInvalide, match=re.escape(faute)):
        _lues_avec(monkeypatch, change)


def test_un_module_sans_competence_est_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    brut = lire_yaml(donnees_de() / "competences" / "rncp40913.yaml")
    with pytest.raises(BaseInvalide, match="le module B1M2 n’a aucune compétence"):
        _lues_avec(monkeypatch, {"competences": brut["competences"][:2]})
