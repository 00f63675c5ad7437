"""Exports say how each dossier ended; nothing of a decision before its notification, but to the branch."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.exports.issue import TITRES
from tests.dossiers.monde import Monde, construire, depose, propose
from tests.dossiers.navigation import notifier

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne


@pytest.fixture
def monde(db: None) -> Monde:
    return construire()


def lignes(client: Client, qui: Personne) -> dict[str, dict[str, str]]:
    client.force_login(qui)
    reponse: Any = client.post("/espace/exports/", {"sorte": "csv"})
    texte = b"".join(reponse.streaming_content).decode("utf-8-sig")
    return {une["Référence"]: une for une in csv.DictReader(io.StringIO(texte), delimiter=";")}


def test_une_decision_sort_avec_son_issue(client: Client, monde: Monde) -> None:
    decide, attend = propose(monde), depose(monde)
    decision = decider(decide, Acteur(monde.emma), version=decide.version)
    vide = dict.fromkeys(TITRES, "")
    # Not notified: the branch alone takes it away.
    avant = lignes(client, monde.alice)
    assert {nom: avant[decide.reference][nom] for nom in TITRES} == vide
    assert avant[decide.reference]["Alertes"] == ""
    ligne = lignes(client, monde.emma)[decide.reference]
    assert (ligne["Décision"], ligne["Heures"], ligne["Heures dispensées"]) == (
        "Accordé",
        "216",
        "63",
    )
    assert ligne["Notifié le"] == ""
    notifier(decide)
    apres = lignes(client, monde.alice)
    ligne = apres[decide.reference]
    assert ligne["Décision"] == "Accordé"
    assert "CQP" in ligne["Voie"]
    assert (ligne["Heures"], ligne["Heures dispensées"]) == ("216", "63")
    assert len(ligne["Dispenses"].split(" ; ")) > 1
    assert "dispense.40913.secretaire" in ligne["Raisons (codes)"].split()
    assert ligne["Décidé le"] == ligne["Notifié le"] == str(timezone.localdate(decision.le))
    assert {nom: apres[attend.reference][nom] for nom in TITRES} == vide
