"""An answer that something unknown could still change is decided by who says so, alone or with others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.dossiers import services
from binome.dossiers.etats import Nature
from binome.dossiers.models import Decision, Dossier
from binome.dossiers.suspens import en_suspens
from binome.gestes.refus import GesteImpossible
from binome.journal.models import Entree
from binome.pieces.examen import refuser_piece
from tests.dossiers.monde import depose, joindre, propose, prouve, trancher_tout
from tests.dossiers.navigation import adresse, envoyer, page

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde

BOITE = 'name="confirme" value="sans_attendre"'
RAISON_DE_LA_BOITE = "Je décide sans attendre."


def sans_cv(monde: Monde, **faits: Any) -> Dossier:
    """A proposal whose letter and CV never came."""
    dossier = prouve(monde, **faits)
    dossier.pieces.filter(nature="cv").delete()
    dossier = Dossier.objects.get(pk=dossier.pk)
    services.proposer(dossier, Acteur(monde.emma), version=dossier.version)
    return dossier


def suspens(dossier: Dossier) -> list[str]:
    """What the last proposal hangs on."""
    return en_suspens(dossier, dossier.propositions.order_by("-pk")[0].prouve)


def test_rien_ne_se_demande_quand_tout_est_su(client: Client, monde: Monde) -> None:
    dossier = propose(monde)
    assert suspens(dossier) == []
    assert "sans_attendre" not in page(client, monde.emma, adresse(dossier))
    assert decisions.decider(dossier, Acteur(monde.emma), version=dossier.version).depart == {}


def test_ce_qui_manque_se_dit_et_se_confirme_d_une_case(client: Client, monde: Monde) -> None:
    # The certificate of first aid is proven, the day of the jury is not said: « au plus ».
    dossier = propose(monde, afgsu_niveau=None)
    dit = page(client, monde.emma, adresse(dossier))
    assert "au plus" in dit
    assert re.search(
        rf"{BOITE}> <span>Il manque encore : [^<]*AFGSU[^<]*\. {RAISON_DE_LA_BOITE}", dit
    )
    geste = adresse(dossier, "gestes/decider/")
    refus = envoyer(client, monde.emma, geste, 422, version=dossier.version, nature="accorde")
    assert '<a href="#confirme">Il manque encore' in " ".join(
        refus.content.decode().replace("\u202f", " ").split()
    )
    assert not Decision.objects.exists()
    envoyer(
        client,
        monde.emma,
        geste,
        version=dossier.version,
        nature="accorde",
        confirme="sans_attendre",
    )
    decision = Decision.objects.get()
    assert (decision.raison, decision.depart) == ("", {"confirme": ["sans_attendre"]})
    entree = Entree.objects.filter(objet=dossier.objet, geste="dossier.decider").latest("rang")
    assert entree.apres["confirme"] == ["sans_attendre"]


@pytest.mark.parametrize("refusee", [False, True])
def test_une_piece_encore_attendue_ou_refusee_se_dit(monde: Monde, *, refusee: bool) -> None:
    dossier, emma = sans_cv(monde), Acteur(monde.emma)
    if refusee:
        piece = joindre(monde, dossier, "cv")
        piece.dossier = dossier
        refuser_piece(piece, emma, version=dossier.version, motif="illisible")
    assert suspens(dossier) == ["Pas encore reçu : lettre de motivation et CV."]
    for nature, autres in (
        (Nature.ACCORDE, {}),
        (Nature.REFUSE, {"raison": "autre", "ecart": "Non."}),
    ):
        with pytest.raises(GesteImpossible, match="sans attendre") as refus:
            decisions.decider(dossier, emma, version=dossier.version, nature=nature, **autres)
        assert refus.value.champ == "confirme"
    prise = decisions.decider(dossier, emma, version=dossier.version, confirme=("sans_attendre",))
    assert prise.depart["confirme"] == ["sans_attendre"]


def test_decider_sans_piece_le_dit_deja(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    services.proposer(dossier, Acteur(monde.emma), version=dossier.version)
    dit = page(client, monde.emma, adresse(dossier))
    assert 'value="sans_piece"' in dit
    assert "sans_attendre" not in dit, "one box says it all"


def test_une_reponse_changee_a_la_main_ne_tient_plus_a_ce_qui_manquait(monde: Monde) -> None:
    dossier = propose(monde, afgsu_niveau=None)
    decision = decisions.decider(
        dossier, Acteur(monde.emma), version=dossier.version,
        nature=Nature.ACCORDE, heures="200", raison="position",
    )  # fmt: skip
    assert "confirme" not in decision.depart


def test_ensemble_ce_qui_manque_se_voit_a_sa_ligne_et_se_confirme(
    client: Client, monde: Monde
) -> None:
    trancher_tout(monde, propose(monde))
    premier, attend = propose(monde), sans_cv(monde)
    # As one ticks them in a list turned the other way.
    coches = [f"{un.reference}:{un.version}" for un in (attend, premier)]
    confirmer = "/espace/dossiers/confirmer/"
    dit = " ".join(
        envoyer(client, monde.emma, confirmer, 200, dossier=coches).content.decode().split()
    )
    assert dit.index(attend.reference) < dit.index(premier.reference), "in the order of the list"
    assert dit.count("Pas encore reçu") == 1
    assert BOITE in dit
    for colonne in ("Personne", "Réponse", "Attente", "Entrée voulue", "Organisme", "État"):
        assert f'<th scope="col">{colonne}</th>' in dit, "the columns of the list"
    assert f'href="{adresse(attend)}?liste=etat%3Dclaires"' in dit
    suite = envoyer(client, monde.emma, confirmer, dossier=coches, vu="oui")
    dit = page(client, monde.emma, suite.headers["Location"])
    assert "1 proposition confirmée" in dit
    assert f"{attend.reference}</a> : il y manque encore quelque chose" in dit
    envoyer(client, monde.emma, confirmer, dossier=coches[:1], vu="oui", confirme="sans_attendre")
    assert Decision.objects.filter(dossier=attend).get().depart["confirme"] == ["sans_attendre"]
