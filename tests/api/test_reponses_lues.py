"""Answers read beside the sources, one by one: each was wrong once, and is held by the terminal and the API.

The sentence of each says what is right; the facts are those of the reading.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.api.lues import LUS, Lu
from tests.api.outils import V1, poster
from tests.cli.terminal import lancer

if TYPE_CHECKING:
    from django.test import Client

REFUSES: Final = (
    ({"age": 20, "date_naissance": "1980-01-01", "objectif": "cqp", "date_entree": "2026-09-07"}, "financer", ("20 ans", "1er janvier 1980")),
    ({"diplomes": ["ide"], "niveau_diplome": 0}, "positionner", ("niveau", "diplômes")),
    ({"situation": "salarie_cabinet", "contrat": "aucun"}, "positionner", ("situation", "contrat")),
    ({"date_entree": "2019-09-02", "diplomes": ["cqp_assistant_medical"]}, "positionner", ("date d’entrée", "CQP")),
    ({"afgsu_niveau": 0, "afgsu_date": "2025-03-01"}, "positionner", ("date de l’AFGSU", "niveau")),
)  # fmt: skip
TACHES: Final = (
    ("vaccination", "interdite"),
    ("poser un holter", "condition"),
    ("poser un selfie", None),
)


@cache
def au_terminal(question: str) -> list[Any]:
    """Every dossier of a question, in one run of the program."""
    dossiers = "\n".join(json.dumps(un.faits) for un in LUS if un.question == question)
    sortie = lancer(question, "--json", "-", entree=dossiers)
    assert sortie.code == 0, sortie.erreur
    return [json.loads(ligne) for ligne in sortie.sortie.splitlines()]


@pytest.mark.parametrize("lu", LUS, ids=[un.juste for un in LUS])
def test_le_terminal_repond_juste(lu: Lu) -> None:
    rang = [un for un in LUS if un.question == lu.question].index(lu)
    assert lu.est_juste(au_terminal(lu.question)[rang])


@pytest.mark.parametrize("lu", LUS, ids=[un.juste for un in LUS])
def test_l_api_repond_juste(client: Client, lu: Lu) -> None:
    reponse = poster(client, lu.faits, question=lu.question)
    assert reponse.status_code == 200, reponse.content
    assert lu.est_juste(reponse.json())


@pytest.mark.parametrize(("faits", "question", "mots"), REFUSES)
def test_deux_faits_qui_se_nient_sont_refuses_et_nommes(
    client: Client, faits: dict[str, Any], question: str, mots: tuple[str, str]
) -> None:
    sortie = lancer(question, "--json", "-", entree=json.dumps(faits))
    assert (sortie.code, sortie.sortie) == (2, "")
    (faute,) = sortie.fautes
    reponse = poster(client, faits, question=question)
    assert reponse.status_code in (400, 422)
    for mot in mots:
        assert mot in faute
        assert mot in reponse.content.decode()


@pytest.mark.parametrize(("demande", "premier"), TACHES)
def test_une_tache_interdite_passe_devant_et_un_verbe_seul_ne_trouve_rien(
    client: Client, demande: str, premier: str | None
) -> None:
    trouvees = client.get(f"{V1}/taches", {"q": demande}).json()
    assert (trouvees[0]["statut"] if trouvees else None) == premier
    sortie = lancer("taches", demande)
    assert sortie.code == (1 if premier is None else 0)
    assert ("interdite" in sortie.sortie) == (premier == "interdite")
    assert ("faire l’acte : non" in sortie.sortie) == (premier == "condition")
