"""Searching as people do: whatever the accents, the blanks and the part that one has; nothing that one may not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from django.core.cache import caches

from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation, donner_role
from binome.dossiers import services
from binome.dossiers.effacement import anonymiser
from binome.dossiers.en_liste import noms_plies
from binome.pliage import coller_les_nombres, plier
from tests.dossiers.monde import brouillon, depose, personne, suivi_par
from tests.dossiers.navigation import page

if TYPE_CHECKING:
    from django.test import Client

    from binome.dossiers.models import Dossier
    from tests.dossiers.monde import Monde

LISTE: Final = "/espace/dossiers/"
SIRET: Final = "73282932000074"


def nomme(monde: Monde, **identite: str) -> Dossier:
    """A filed dossier of somebody with these words."""
    alice = Acteur(monde.alice)
    dossier = brouillon(monde)
    dossier = services.ecrire_identite(dossier, identite, alice, version=dossier.version)
    return services.deposer(dossier, alice, version=dossier.version)


@pytest.mark.parametrize(
    ("nom", "tapes"),
    [
        ("Œuvrard", ("oeuvrard", "OEUVRARD", "Œuvr")),
        ("Łukasz", ("lukasz", "ŁUKASZ", "luka")),
        ("D’Ambrosio", ("d'ambrosio", "ambrosio", "D´Ambrosio", "d ambro")),
        ("Nguyễn", ("nguyen", "NGUYE\u0302N")),
        ("Müller-Strauß", ("muller strauss", "strauß", "MULLER‑STRAUSS")),
        ("Ðorđević", ("dordevic", "đorđević")),
        ("Bjørnsön", ("bjornson",)),
        ("Ｍａｒｔｉｎ", ("martin", "ＭＡＲＴＩＮ")),
        ("O’Brien", ("obrien", "OBRIEN", "o'brien", "o brien", "brien")),
        ("L'Œuvre", ("loeuvre", "L’ŒUVRE", "l oeuvre")),
        ("Dhauteville", ("dhauteville", "d’hauteville", "D HAUTEVILLE")),
        ("Ɖeku", ("deku", "đeku", "Đeku")),
        ("Лебедева", ("lebedeva", "ЛЕБЕДЕВА", "Лебед")),
        ("Щукина", ("shchukina",)),
        ("Παπαδόπουλος", ("papadopoulos", "ΠΑΠΑΔΟΠΟΥΛΟΣ")),
    ],
)
def test_un_nom_se_trouve_comme_on_l_ecrit(
    client: Client, monde: Monde, nom: str, tapes: tuple[str, ...]
) -> None:
    dossier = nomme(monde, nom=nom)
    depose(monde)
    for tape in tapes:
        dit = page(client, monde.emma, f"{LISTE}?q={tape}")
        assert dossier.reference in dit, tape
        assert "1</strong> dossier" in dit, tape


def test_tout_ce_que_l_on_a_sous_les_yeux_retrouve_le_dossier(client: Client, monde: Monde) -> None:
    dossier = nomme(
        monde,
        nom="Perrin",
        courriel="Cecile.Perrin@cabinet-exemple.fr",
        telephone="06 12 34 56 78",
        employeur="Cabinet Saint-Cœur",
        employeur_identifiant=SIRET,
    )
    depose(monde)
    moitie = dossier.reference.split("-")[2]
    for tape in (
        "cecile.perrin@cabinet-exemple.fr",
        "cabinet-exemple.fr perrin",
        dossier.reference.lower().replace("-", " "),
        moitie,
        dossier.reference[3:7].lower(),
        SIRET,
        "732 829 320 00074",
        "732\u00a0829\u202f320 00074",
        "732829320",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "0033612345678",
        "saint coeur",
        "perrin saint-cœur",
    ):
        dit = page(client, monde.emma, f"{LISTE}?etat=tous&q={tape.replace('+', '%2B')}")
        assert dossier.reference in dit, tape
        assert "1</strong> dossier" in dit, tape


def test_une_particule_ne_fait_pas_deux_personnes() -> None:
    """The same name typed with an apostrophe, a blank or neither is one, so that duplicates are told."""
    assert noms_plies("Léa", "D’Hauteville") == noms_plies("Lea", "D HAUTEVILLE")
    assert noms_plies("Léa", "Dhauteville") == noms_plies("Lea", "d'hauteville")
    assert noms_plies("A", "Durand") != noms_plies("", "Adurand"), "a first name is no particle"


def test_le_nom_de_naissance_et_la_cle_de_l_import_retrouvent_le_dossier(
    client: Client, monde: Monde
) -> None:
    alice = Acteur(monde.alice)
    dossier = services.ouvrir(monde.organisme, alice, cle_import="Promo-27/0041")
    dossier = services.ecrire_identite(
        dossier, {"nom": "Perrin", "nom_de_naissance": "N’Diaye"}, alice, version=dossier.version
    )
    for tape in ("ndiaye", "N’DIAYE perrin", "promo-27/0041", "promo 270041", "0041"):
        assert dossier.reference in page(client, monde.alice, f"{LISTE}?etat=tous&q={tape}"), tape


def test_un_organisme_et_un_nom_se_cherchent_ensemble(client: Client, monde: Monde) -> None:
    dossier = nomme(monde, nom="Perrin")
    autre = depose(monde)
    dit = page(client, monde.emma, f"{LISTE}?q=organisme%20a")
    assert dossier.reference in dit
    assert autre.reference in dit
    dit = page(client, monde.emma, f"{LISTE}?q=organisme+perrin")
    assert dossier.reference in dit
    assert autre.reference not in dit


@pytest.mark.parametrize("tape", ["73282932000074", "732 829 320", "732.829.320 00074"])
def test_un_organisme_se_trouve_par_son_numero(client: Client, monde: Monde, tape: str) -> None:
    caches["processus"].clear()
    dossier = depose(monde)
    assert dossier.reference not in page(client, monde.emma, f"{LISTE}?q={tape}")
    type(monde.organisme).objects.filter(pk=monde.organisme.pk).update(identifiant="73282932000074")
    caches["processus"].clear()
    assert dossier.reference in page(client, monde.emma, f"{LISTE}?q={tape}")
    assert dossier.reference not in page(client, monde.emma, f"{LISTE}?q=73282932")
    caches["processus"].clear()


def test_l_employeur_ne_sonde_ni_adresse_ni_numero(client: Client, monde: Monde) -> None:
    """A search that answers « 1 » tells as much as a page: what one may not read finds nothing."""
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    paul = personne("paul")
    donner_role(paul, cabinet, "employeur")
    dossier = nomme(monde, nom="Perrin", courriel="secrete@exemple.fr", telephone="06 12 34 56 78")
    suivi_par(dossier, cabinet)
    assert dossier.reference in page(client, paul, f"{LISTE}?q=perrin")
    for tape in ("secrete@exemple.fr", "secrete", "0612345678", dossier.reference[3:7]):
        assert "Aucun dossier pour" in page(client, paul, f"{LISTE}?q={tape}")


def test_on_ne_trouve_pas_les_dossiers_d_un_autre(client: Client, monde: Monde) -> None:
    nomme(monde, nom="Perrin")
    assert "0</strong> dossier" in page(client, monde.charlie, f"{LISTE}?q=perrin")


def test_ce_qui_est_efface_ne_se_trouve_plus(client: Client, monde: Monde) -> None:
    dossier = nomme(monde, nom="Perrin")
    assert anonymiser(dossier.pk, auteur="essai", motif="Essai")
    dossier.refresh_from_db()
    assert dossier.trouvable == ""
    assert "0</strong> dossier" in page(client, monde.emma, f"{LISTE}?q=perrin")


def test_les_chiffres_d_un_numero_se_recollent() -> None:
    assert coller_les_nombres("siret 732 829 320 00074, 2 rue") == "siret 73282932000074, 2 rue"
    assert coller_les_nombres("+33 (0)6 12 34 56 78") == "+33 (0)612345678"
    assert plier("  Ça\u200b va\u00a0?  ") == "ca va"
