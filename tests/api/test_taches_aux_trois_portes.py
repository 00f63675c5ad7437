"""May an assistant do this? The terminal, the API and the page give one answer, and propose without answering."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from binome.regles.recherche import chercher
from binome.regles.taches import STATUTS
from tests.cli.terminal import lancer
from tests.echantillons import un_sur
from tests.regles.phrases import PHRASES, Phrase
from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client

    from binome.regles.recherche import Trouvees

V1: Final = "/api/v1"
AVIS: Final = re.compile(r"\b(oui|non|permise|interdite)\b", re.IGNORECASE)
"""A word that a hurried reader would take for an answer."""
TOUTES: Final = pytest.mark.parametrize(
    "phrase", un_sur(3, PHRASES, 0.01), ids=lambda une: une.question
)
UNE_SUR_SEPT: Final = pytest.mark.parametrize(
    "phrase", un_sur(4, PHRASES[::7], 0.1), ids=lambda une: une.question
)
PROPOSEES: Final = ("prendre la tension du chat", "examen", "prise de sng", "ECG du chien")


def api(client: Client, question: str) -> list[dict[str, Any]]:
    lues: list[dict[str, Any]] = client.get(f"{V1}/taches", {"q": question}).json()
    return lues


def page(client: Client, question: str) -> str:
    """What the page says of a question, above the catalogue, in words."""
    texte = lire(client, f"/missions/?q={question}").texte
    return re.sub(r"\s+", " ", texte.partition("Par exemple")[2].partition("Tout le catalogue")[0])


def plat(texte: str) -> str:
    """The words alone: what a terminal or a page folds, spaces or wraps is the same."""
    return re.sub(r"\s+", " ", texte).strip()


@TOUTES
def test_l_api_donne_les_memes_taches_et_ne_dit_rien_de_ce_qu_elle_propose(
    client: Client, phrase: Phrase
) -> None:
    trouvees: Trouvees = chercher(phrase.question)
    lues = api(client, phrase.question)
    assert [une["code"] for une in lues if not une["proposee"]] == [
        une.code for une in trouvees.reponses
    ]
    assert [une["code"] for une in lues if une["proposee"]] == [
        une.code for une in trouvees.propositions
    ]
    for une in lues:
        if une["proposee"]:
            assert [une[nom] for nom in ("statut", "statut_en_clair", "reponse", "condition")] == [
                None
            ] * 4
            assert (une["gestes"], une["sources"]) == ([], [])
            assert not AVIS.search(une["tache"])
        else:
            assert une["statut"] in STATUTS
            assert all(f"{geste['geste'][1:]} : " in une["reponse"] for geste in une["gestes"])
    if phrase.danger and lues:
        assert lues[0]["statut"] != "permise"


@UNE_SUR_SEPT
def test_la_page_dit_ce_que_dit_l_api(client: Client, phrase: Phrase) -> None:
    dite = page(client, phrase.question)
    rangs = []
    for une in api(client, phrase.question):
        assert plat(une["tache"]) in dite
        rangs.append(dite.index(plat(une["reponse"] or une["tache"])))
    assert rangs == sorted(rangs)


@UNE_SUR_SEPT
def test_le_terminal_dit_ce_que_dit_l_api(client: Client, phrase: Phrase) -> None:
    lues = api(client, phrase.question)
    sortie = lancer("taches", phrase.question)
    assert sortie.code == (0 if lues else 1)
    dite = plat(sortie.sortie)
    rangs = []
    for une in lues:
        assert une["tache"] in dite
        rangs.append(dite.index(une["reponse"] or une["tache"]))
    assert rangs == sorted(rangs)


@pytest.mark.parametrize("question", PROPOSEES)
def test_ce_qui_ressemble_seulement_est_propose_sans_oui_ni_non(
    client: Client, question: str
) -> None:
    propositions = chercher(question).propositions
    assert propositions
    sortie = lancer("taches", question)
    assert sortie.code == 0
    assert sortie.sortie.startswith("Vouliez-vous dire…")
    assert f"binome taches {propositions[0].code}" in plat(sortie.sortie)
    assert not any(signe in sortie.sortie for signe in "✓✗◐?")
    dite = page(client, question)
    assert "Vouliez-vous dire…" in dite
    assert "Nous ne savons pas" not in dite
    for texte in (sortie.sortie, dite):
        assert not AVIS.search(texte)


def test_ce_qui_est_interdit_repond_et_le_reste_est_propose(client: Client) -> None:
    question = "vacciner un chat puis prendre la tension"
    assert [(une["code"], une["proposee"]) for une in api(client, question)] == [
        ("F10", False),
        ("A10", True),
    ]
    dite = page(client, question)
    assert dite.index("au bout du doigt : non.") < dite.index("Vouliez-vous dire…")
    assert dite.index("Vouliez-vous dire…") < dite.index("Prendre les constantes")
    sortie = lancer("taches", question).sortie
    assert sortie.index("✗ Injecter") < sortie.index("Vouliez-vous dire…")
    assert "les autres constantes : oui" not in dite + sortie
