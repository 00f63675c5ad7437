"""The list that one came from is in every address of a dossier's pages, whatever the state, the page and the gesture."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any, Final

import pytest

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.dossiers import services
from binome.dossiers.models import Dossier
from binome.pieces.examen import refuser_piece
from tests.dossiers.monde import brouillon, depose, joindre, propose, prouve
from tests.dossiers.navigation import adresse, envoyer, notifier, page
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

SUITE: Final = "?liste=etat%3Den_cours%26tri%3Drecent"
GARDE: Final = "liste=etat%3Den_cours%26tri%3Drecent"
ADRESSES: Final = re.compile(r'(?:href|action|formaction|hx-post|hx-get)="([^"]+)"')
SANS_RETOUR: Final = re.compile(r"/(fichier|pages/\d+)/$")
"""A file or an image: nothing leads on from there."""


def conteste(monde: Monde) -> Dossier:
    """A decision that the candidate contests."""
    dossier = decide(monde)
    decisions.contester(
        dossier, Acteur(monde.lea), version=dossier.version, texte="Mon titre compte."
    )
    return dossier


def decide(monde: Monde) -> Dossier:
    """A decision that was notified."""
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    notifier(dossier)
    return Dossier.objects.get(pk=dossier.pk)


def arrete(monde: Monde) -> Dossier:
    """A decision that is not."""
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    return dossier


def a_completer(monde: Monde) -> Dossier:
    """A request to complete, with a document refused."""
    dossier = depose(monde)
    piece, emma = joindre(monde, dossier, "diplomes"), Acteur(monde.emma)
    piece.dossier = dossier
    refuser_piece(piece, emma, version=dossier.version, motif="illisible")
    services.demander(dossier, emma, version=dossier.version, motif="Relisez.")
    return dossier


def a_lire(monde: Monde) -> Dossier:
    """Documents that wait."""
    dossier = depose(monde)
    joindre(monde, dossier, "diplomes")
    return dossier


def siennes(dit: str, dossier: Dossier) -> Iterator[str]:
    """The addresses of a page that lead to the dossier's."""
    for lue in ADRESSES.findall(dit):
        if (une := unescape(lue)).startswith(adresse(dossier)):
            yield une


@pytest.mark.parametrize(
    "etat",
    un_sur(3, [brouillon, a_lire, a_completer, prouve, propose, arrete, decide, conteste], 0.7),
)
def test_toutes_les_adresses_gardent_la_liste(
    client: Client, monde: Monde, etat: Callable[[Monde], Dossier]
) -> None:
    dossier, vues = etat(monde), 0
    for qui in (monde.emma, monde.alice, monde.lea):
        client.force_login(qui)
        a_voir, vus = [f"{adresse(dossier)}{SUITE}"], set[str]()
        while a_voir:
            une = a_voir.pop().partition("#")[0]
            if une in vus:
                continue
            vus.add(une)
            lue = client.get(une)
            if lue.status_code != 200 or "html" not in lue.headers["Content-Type"]:
                continue
            vues += 1
            for suivante in siennes(lue.content.decode(), dossier):
                chemin = suivante.partition("?")[0].partition("#")[0]
                assert SANS_RETOUR.search(chemin) or GARDE in suivante, (une, suivante)
                a_voir.append(suivante)
    assert vues >= 3


def test_chaque_geste_y_ramene(client: Client, monde: Monde) -> None:
    """What a form answers leads to a page that still knows the list."""

    def geste(qui: Personne, dossier: Dossier, suite: str, **donnees: Any) -> None:
        dossier.refresh_from_db()
        reponse = envoyer(
            client, qui, adresse(dossier, f"{suite}{SUITE}"), version=dossier.version, **donnees
        )
        assert GARDE in reponse.headers["Location"], suite

    dossier = depose(monde)
    piece = joindre(monde, dossier, "contrat")
    geste(monde.emma, dossier, "examen/prendre/")
    geste(monde.emma, dossier, "examen/rendre/")
    geste(monde.emma, dossier, "mots/", texte="Bonjour.")
    geste(monde.emma, dossier, "gestes/constater/", absences="afgsu_niveau")
    geste(monde.emma, dossier, f"pieces/{piece.pk}/examen/", avis="refuser", motif="illisible")
    geste(monde.emma, dossier, "gestes/demander/", motif="Le contrat.")
    geste(monde.alice, dossier, f"pieces/{piece.pk}/retrait/")
    geste(monde.alice, dossier, "gestes/completer/", confirme="oui")
    geste(monde.emma, dossier, "gestes/proposer/")
    geste(
        monde.emma,
        dossier,
        "gestes/decider/",
        nature="refuse",
        raison="sans_piece",
        confirme="sans_piece",
    )
    geste(monde.emma, dossier, "gestes/annuler/", motif="Erreur.")


def test_une_absence_confirmee_prepare_de_nouveau_et_reste_dans_la_liste(
    client: Client, monde: Monde
) -> None:
    dossier = depose(monde)
    services.proposer(dossier, Acteur(monde.emma), version=dossier.version)
    avant = dossier.propositions.get()
    assert "afgsu_niveau" not in avant.faits_prouves
    dit = page(client, monde.emma, f"{adresse(dossier)}{SUITE}")
    assert "La proposition est préparée aussitôt." in dit
    envoyer(
        client, monde.emma, adresse(dossier, f"gestes/constater/{SUITE}"),
        version=dossier.version, absences="afgsu_niveau",
    )  # fmt: skip
    derniere = dossier.propositions.order_by("-pk")[0]
    assert derniere.pk != avant.pk
    assert derniere.faits_prouves["afgsu_niveau"] == 0
    dit = page(client, monde.emma, f"{adresse(dossier)}{SUITE}")
    assert "C’est confirmé, sans pièce. La proposition est prête." in dit
    assert 'aria-label="Dans la liste"' in dit


def test_une_absence_ne_prepare_rien_tant_qu_une_piece_attend(client: Client, monde: Monde) -> None:
    dossier = a_lire(monde)
    assert "Préparez ensuite la proposition." in page(client, monde.emma, adresse(dossier))
    envoyer(
        client, monde.emma, adresse(dossier, "gestes/constater/"),
        version=dossier.version, absences="afgsu_niveau",
    )  # fmt: skip
    assert not dossier.propositions.exists()


def test_le_suivant_mene_a_la_meme_page_que_le_bouton_qui_l_ouvre(
    client: Client, monde: Monde
) -> None:
    un, deux = a_lire(monde), depose(monde)
    suite = "?liste=etat%3Da_examiner"
    dit = page(client, monde.emma, f"{adresse(deux)}{suite}")
    assert f'href="{adresse(un, "pieces/examen/")}{suite}"' in dit
    dit = page(client, monde.emma, f"{adresse(un, 'pieces/examen/')}{suite}")
    assert f'href="{adresse(deux)}{suite}"' in dit
    # Who does not examine opens the dossier.
    assert f'href="{adresse(un)}?' in page(
        client, monde.alice, f"{adresse(deux)}?liste=etat%3Den_cours"
    )
