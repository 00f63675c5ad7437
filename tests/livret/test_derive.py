"""Task drift: what a sentence says was done beyond the trade is told, kindly; the rest is left alone."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from binome.livret.derive import DONNEES, EN_PREMIER, derives
from binome.livret.glissements import DELAI
from binome.regles.lecture import lire_yaml
from binome.regles.taches import taches
from tests.echantillons import chacun

JOUR: Final = date(2026, 11, 30)
ICI: Final = Path(__file__)
PHRASES: Final[list[dict[str, Any]]] = [
    *lire_yaml(ICI.with_name("derives.yaml")),
    *lire_yaml(ICI.with_name("derives_neuves.yaml")),
    *lire_yaml(ICI.with_name("derives_dernieres.yaml")),
    *lire_yaml(ICI.with_name("derives_quatriemes.yaml")),
]
LIMITES: Final = {
    "J’ai terminé la suture commencée par le médecin.",
    "Visites à domicile avec la voiture du cabinet, seule.",
    "J’ai répondu au téléphone que ce n’était pas grave et qu’il pouvait attendre.",
}
"""What is not seen: two doers in one clause, a doing without its verb, an advice told as an answer."""


def codes(phrase: str) -> list[str]:
    return sorted(une.tache for une in derives(phrase, JOUR))


def test_cinquante_taches_et_vingt_phrases_ordinaires_ont_ete_ecrites_avant() -> None:
    d_abord = lire_yaml(ICI.with_name("derives.yaml"))
    assert sum("r" in une for une in d_abord) == 50
    assert sum("r" not in une for une in d_abord) >= 38
    dites = {code for une in PHRASES for code in une.get("r", ())}
    assert {f"F{n}" for n in range(1, 13)} | {"C1", "C2", "C4", "C8"} == dites


def _est_dit(une: dict[str, Any]) -> None:
    attendus = [] if une["t"] in LIMITES else sorted(une.get("r", ()))
    assert codes(une["t"]) == attendus
    assert codes(une["t"].replace("’", "'")) == attendus
    assert codes(une["t"].upper()) == attendus


def test_ce_qui_est_dit_au_dela_du_metier() -> None:
    chacun(PHRASES, _est_dit)


@pytest.mark.parametrize(
    ("phrase", "dits"),
    [
        ("", []),
        ("…", []),
        ("J’ai fait l’injection.", ["F10"]),
        ("Je n’ai pas fait l’injection.", []),
        ("Je n’ai jamais fait l’injection.", []),
        ("J’ai aidé à faire l’injection.", []),
        ("Le médecin a fait l’injection.", []),
        ("Injection faite par le médecin.", []),
        ("Injection faite par moi.", ["F10"]),
        ("Le médecin est venu et a fait l’injection.", []),
        ("J’ai appelé le médecin, il a fait l’injection.", []),
        ("J’ai appelé le médecin et fait l’injection.", ["F10"]),
        ("J’ai dû faire l’injection.", ["F10"]),
        ("J’ai refusé de faire l’injection.", []),
        ("J’ai fait l’accueil et commandé des vaccins.", []),
        ("J’ai fait des vaccins et des pansements.", ["F10", "F3"]),
    ],
)
def test_qui_l_a_fait_et_si_c_est_fait(phrase: str, dits: list[str]) -> None:
    assert codes(phrase) == dits


@pytest.mark.parametrize(
    ("phrase", "dits"),
    [
        ("J’ai fait l’injection devant elle.", []),
        ("J’ai posé le holter, elle a regardé.", []),
        ("J’ai posé le holter et fait l’ECG.", []),
        ("Elle a fait l’injection devant moi.", ["F10"]),
        ("Injection faite seule.", ["F10"]),
    ],
)
def test_le_tuteur_parle_de_ce_qu_il_a_fait_lui_meme(phrase: str, dits: list[str]) -> None:
    assert [une.tache for une in derives(phrase, JOUR, du_tuteur=True)] == dits


def test_la_phrase_est_courte_nomme_sa_source_et_dit_ce_qui_se_peut() -> None:
    (holter,) = derives("Elle a posé un holter seule.", JOUR)
    assert [un.geste for un in holter.gestes] == ["faire l’acte"]
    assert not holter.contestee
    assert holter.phrase == (
        "« Électrocardiogramme (ECG), holter, souffle et autres examens techniques » : le médecin fait l’acte "
        "(Avenant 7, article 9-1, consultation). Ce qui se peut : préparer et aider. Ce n’est pas cela ? Corrigez la "
        "phrase : dans sept jours, la branche compte la tâche, sans nom ni phrase."
    )
    assert DELAI.days == 7
    (tri,) = derives("J’ai trié les patients selon l’urgence.", JOUR)
    assert tri.contestee
    assert "les textes n’en disent rien, demandez à la branche (" in tri.phrase


def test_aucun_reproche() -> None:
    lues = {une.tache: une for dite in PHRASES for une in derives(dite["t"], JOUR)}
    for code, une in lues.items():
        assert une.phrase.endswith(EN_PREMIER), code
        assert len(une.phrase) < 330, code
        assert une.sources
        assert une.gestes
        assert {un.verdict for un in une.gestes} <= {"non", "divergent", "silence"}
        for mot in ("interdit", "faute", "illégal", "sanction"):
            titre = une.phrase.partition("» :")[2]
            assert mot not in titre.lower(), code


def test_ce_qui_est_interdit_est_dit_avant_ce_qui_est_conteste() -> None:
    dites = derives("J’ai fait l’OCT, un test d’angine, puis une prise de sang.", JOUR)
    assert [une.tache for une in dites] == ["F10", "F8", "C1"]


def test_les_reglages_ne_nomment_que_le_catalogue() -> None:
    lus = lire_yaml(DONNEES)
    connus = {une.code: une for une in taches()}
    nommes = {*lus["plutot"], *lus["plutot"].values(), *lus["actes"], *lus["jamais"], *lus["exigent"]}  # fmt: skip
    assert nommes <= set(connus)
    for code in lus["plutot"].values():
        assert "oui" in {un.verdict for un in connus[code].gestes}


def test_un_texte_hostile_est_lu_aussi_vite() -> None:
    for motif in ("fait ", "j’ai fait des vaccins et ", ", ", "n’ai pas ", "é"):
        depart = time.process_time()
        derives(motif * 20_000, JOUR)
        assert time.process_time() - depart < 0.5
