"""Hours that a person fixes are read as they are written, and confirmed when no training counts them so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.dossiers.etats import Nature
from binome.gestes.refus import GesteImpossible
from binome.regles.nombres import lire_les_heures
from tests.dossiers.monde import Monde, propose
from tests.dossiers.navigation import adresse, envoyer

if TYPE_CHECKING:
    from django.test import Client

    from binome.dossiers.models import Decision, Dossier


@pytest.mark.parametrize(
    ("texte", "minutes"),
    [
        ("279", 279 * 60),
        ("279 h", 279 * 60),
        ("279 heures", 279 * 60),
        ("279\u202fheures", 279 * 60),
        ("279H", 279 * 60),
        ("182 h 30", 182 * 60 + 30),
        ("182h30", 182 * 60 + 30),
        ("182 heures 30 minutes", 182 * 60 + 30),
        ("12,5", 12 * 60 + 30),
        ("12,25 heures", 12 * 60 + 15),
        ("1 607 h", 1607 * 60),
        ("0 h", 0),
    ],
)
def test_les_heures_se_lisent_comme_on_les_ecrit(texte: str, minutes: int) -> None:
    assert lire_les_heures(texte) == minutes


@pytest.mark.parametrize("texte", ["beaucoup", "-3 h", "12,33", "deux cents", "20 30", "279 jours"])
def test_ce_qui_n_est_pas_des_heures_est_refuse(texte: str) -> None:
    with pytest.raises(ValueError, match="Écrivez les heures ainsi"):
        lire_les_heures(texte)


def accorder(monde: Monde, dossier: Dossier, heures: str, **autres: Any) -> Decision:
    return decisions.decider(
        dossier, Acteur(monde.emma), version=dossier.version, nature=Nature.ACCORDE,
        raison="position", heures=heures, **autres,
    )  # fmt: skip


# The whole CQP of 279 hours has 264 of training beside 15 of examinations.
@pytest.mark.parametrize(
    ("heures", "autre"), [("279 h", "264 h"), ("5000", "264 h"), ("264 h 01", "264 h")]
)
def test_plus_que_la_formation_entiere_se_confirme(monde: Monde, heures: str, autre: str) -> None:
    dossier = propose(monde)
    with pytest.raises(GesteImpossible, match=f"entière en compte {autre}") as refus:
        accorder(monde, dossier, heures)
    assert refus.value.champ == "heures"
    decision = accorder(monde, dossier, heures, confirme=("hors_bornes",))
    assert decision.depart["confirme"] == ["hors_bornes"]
    assert decision.reponse["minutes"]["formation"] == lire_les_heures(heures)


def test_moins_que_toutes_les_dispenses_se_confirme(monde: Monde) -> None:
    dossier = propose(monde)
    with pytest.raises(
        GesteImpossible, match="Vous accordez 1 h de formation.*il en reste"
    ) as refus:
        accorder(monde, dossier, "1 h")
    reste = re.search(r"il en reste (\d+) h", str(refus.value))
    assert reste is not None
    assert accorder(monde, dossier, f"{reste[1]} h").depart.get("confirme") is None


@pytest.mark.parametrize("heures", ["264 h", "182 h 30", "166 h"])
def test_entre_les_deux_rien_n_est_demande(monde: Monde, heures: str) -> None:
    assert "confirme" not in accorder(monde, propose(monde), heures).depart


def test_la_page_propose_de_confirmer_puis_passe(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    donnees: dict[str, Any] = {
        "version": dossier.version, "nature": "accorde", "raison": "position", "heures": "279 heures",
    }  # fmt: skip
    refus = envoyer(client, monde.emma, adresse(dossier, "gestes/decider/"), 422, **donnees)
    dit = " ".join(refus.content.decode().split())
    assert 'name="confirme" value="hors_bornes"' in dit
    assert "279 heures" in dit
    envoyer(
        client, monde.emma, adresse(dossier, "gestes/decider/"), **donnees, confirme="hors_bornes"
    )
    dossier.refresh_from_db()
    assert dossier.etat == "arrete"
