"""Who employs the candidate does not learn of an appeal: to them the decision stands, at every door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.dossiers.etats import Etat
from tests.depot.test_controle import pdf
from tests.dossiers.monde import entourage, joindre, notifiee, propose
from tests.dossiers.navigation import adresse, envoyer, page

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier
    from tests.dossiers.monde import Monde

LISTE = "/espace/dossiers/"


@pytest.fixture
def dossier(monde: Monde) -> Dossier:
    """One that was decided and notified."""
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version, raison="autre", ecart="Pour l’essai.")  # fmt: skip
    return notifiee(dossier)


@pytest.mark.parametrize("role", ["employeur", "tuteur", "groupement"])
def test_qui_emploie_n_apprend_pas_le_recours(
    client: Client, monde: Monde, dossier: Dossier, role: str
) -> None:
    qui = entourage(monde, dossier)[role]
    assert qui is not None
    portes = [
        "/espace/", LISTE, adresse(dossier),
        *(f"{LISTE}?etat={etat}" for etat in ("tous", "decide", "recours", "en_cours")),
        f"{LISTE}?etat=decide&tri=recent", f"{LISTE}?q={dossier.nom}",
    ]  # fmt: skip

    def lues() -> dict[str, tuple[str, bool]]:
        return {porte: _lue(client, qui, porte, dossier) for porte in portes}

    avant = lues()
    assert avant[f"{LISTE}?etat=decide"][1], "a decided dossier is in the list of decided ones"
    decisions.contester(dossier, Acteur(monde.lea), version=dossier.version, texte="Je conteste.")
    apres = lues()
    assert apres == avant
    dossier.refresh_from_db()
    assert dossier.etat == Etat.RECOURS
    for dit, _ in apres.values():
        assert "contestée" not in dit
    # The others know.
    for autre in (monde.lea, monde.alice, monde.emma):
        assert "En recours" in page(client, autre, adresse(dossier))
    assert dossier.reference in page(client, monde.alice, f"{LISTE}?etat=recours")
    assert "En recours" in page(client, monde.lea, "/espace/")


def _lue(client: Client, qui: Personne, porte: str, dossier: Dossier) -> tuple[str, bool]:
    """What is said, without what each reading changes; whether the dossier is there."""
    lu = page(client, qui, porte)
    corps = lu[lu.index("<main") : lu.index("</main>")]
    return " ".join(mot for mot in corps.split() if "csrf" not in mot and "value=" not in mot), dossier.reference in corps  # fmt: skip


def test_un_recours_porte_ses_pieces_et_parle_a_la_personne(
    client: Client, monde: Monde, dossier: Dossier, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT, settings.DEMONSTRATION = tmp_path, True
    dit = page(client, monde.lea, adresse(dossier))
    # First the decision in a sentence, what is next and until when, the appeal, then the reasons, folded.
    places = [dit.index(mot) for mot in ("La décision : accordé", "Et maintenant", 'id="geste-contester"', "Pourquoi cette décision")]  # fmt: skip
    assert places == sorted(places)
    assert "sans délai connu : aucun texte que nous connaissons n’en fixe" in dit
    fichiers: dict[str, Any] = {
        "fichier-diplomes": SimpleUploadedFile("titre.pdf", pdf()),
        "fichier-contrat": SimpleUploadedFile("vide.pdf", b""),
    }
    envoi = envoyer(
        client, monde.lea, adresse(dossier, "recours/"), version=dossier.version,
        texte="Mon titre compte.", **fichiers,
    )  # fmt: skip
    dossier.refresh_from_db()
    assert dossier.etat == Etat.RECOURS
    assert [(une.nature, une.nom) for une in dossier.pieces.filter(etat="recue").exclude(nom="diplomes.pdf")][-1] == ("diplomes", "titre.pdf")  # fmt: skip
    suite = page(client, monde.lea, envoi.headers["Location"])
    assert "Un courriel vous est envoyé, et un autre part à qui peut y répondre dans la branche et à votre organisme de formation." in suite  # fmt: skip
    assert (
        "personne candidate" not in suite[suite.index("<main") : suite.index("Le fil du dossier")]
    )
    assert "1 pièce jointe au recours." in suite
    assert "« vide.pdf » n’est pas joint. Ce fichier est vide" in suite


def test_un_recours_sans_texte_revient_avec_ce_qui_etait_tape(
    client: Client, monde: Monde, dossier: Dossier
) -> None:
    refus = envoyer(client, monde.lea, adresse(dossier, "recours/"), 422, version=dossier.version, texte="x" * 5001)  # fmt: skip
    dit = refus.content.decode()
    assert 'id="geste-contester" open' in " ".join(dit.split())
    assert "x" * 5001 in dit
    envoyer(client, monde.emma, adresse(dossier, "recours/"), 403, version=dossier.version, texte="Non.")  # fmt: skip
    envoyer(client, monde.charlie, adresse(dossier, "recours/"), 404, version=dossier.version, texte="Non.")  # fmt: skip


@pytest.mark.parametrize("role", ["formateur", "jury"])
def test_qui_forme_ou_tient_le_jury_ne_lit_ni_pieces_ni_recours(
    client: Client, monde: Monde, dossier: Dossier, role: str
) -> None:
    """They read the dossier, its answer and that it is appealed; not the papers, nor what is written of them."""
    qui = entourage(monde, dossier)[role]
    assert qui is not None
    joindre(monde, dossier, "identite")
    decisions.contester(
        dossier, Acteur(monde.lea), version=dossier.version, texte="Je conteste les heures."
    )
    lue = page(client, monde.alice, adresse(dossier))
    assert "Je conteste les heures." in lue
    assert adresse(dossier, "pieces/") in lue
    lue = page(client, qui, adresse(dossier))
    assert "En recours" in lue
    assert "Je conteste les heures." not in lue
    assert adresse(dossier, "pieces/") not in lue
    assert "Les pièces et les recours restent entre la personne" in lue
    for suite in ("", "fichier/"):
        piece = dossier.pieces.latest("pk")
        assert client.get(adresse(dossier, f"pieces/{piece.pk}/{suite}")).status_code == 404
