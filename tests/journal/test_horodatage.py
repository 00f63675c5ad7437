"""Stamps (RFC 3161) of an authority that `openssl ts` makes on this machine."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.journal.ancres import NON_HORODATE, AncresAbimees, chemin, lire, poser
from binome.journal.confrontation import confronter
from binome.journal.horodatage import HorodatageFaux, attester, horodater, racines
from tests.journal.autorite import Autorite, en_service
from tests.journal.test_commandes import code, lancer, remplir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Autorite]:
    with en_service(Autorite(tmp_path_factory.mktemp("autorites") / "une", "Essai")) as une:
        yield une


@pytest.fixture
def autorite(service: Autorite, settings: Settings, tmp_path: Path) -> Autorite:
    settings.ANCRES, settings.EFFACEMENTS = tmp_path / "ancres", tmp_path / "effacements.jsonl"
    settings.HORODATAGE, settings.HORODATAGE_RACINE = service.adresse, str(service.racine)
    service.a_la_place, service.avec_la_chaine = None, False
    return service


def test_une_ancre_horodatee_se_verifie_a_chaque_lecture(autorite: Autorite) -> None:
    remplir(2)
    assert ", horodatée" in lancer("ancrer").output
    (ancre,) = lire()
    assert ancre.horodatee_le is not None
    assert abs(ancre.horodatee_le - timezone.now()) < timedelta(minutes=1)
    assert "Ancres : 1" in (dit := lancer("verifier").output)
    assert "non horodatées : 0" in dit


def test_un_horodatage_pose_sur_une_autre_ligne_se_voit(autorite: Autorite) -> None:
    poser()
    ligne = json.loads(chemin().read_bytes())
    ligne["jour"] = "2026-01-01"
    chemin().write_bytes(json.dumps(ligne).encode() + b"\n")
    with pytest.raises(AncresAbimees, match="ligne 1, l’horodatage ne se vérifie pas"):
        confronter()


def test_une_autorite_qui_n_est_pas_la_notre_ne_fait_pas_foi(
    autorite: Autorite, settings: Settings, tmp_path: Path
) -> None:
    poser()
    settings.HORODATAGE_RACINE = str(Autorite(tmp_path / "autre", "Autre").racine)
    with pytest.raises(AncresAbimees, match="ne se vérifie pas"):
        lire()
    settings.HORODATAGE_RACINE = ""
    assert lire()[0].horodatee_le is None
    assert "Horodatages non vérifiés : 1" in lancer("verifier").output
    settings.HORODATAGE_RACINE = str(tmp_path / "nulle-part.pem")
    resultat = lancer("verifier")
    assert code(resultat) == 3
    assert "BINOME_HORODATAGE_RACINE" in str(resultat.exception)
    # The anchor is laid all the same, and says that it has no stamp.
    assert poser().horodatage == NON_HORODATE


def test_un_horodatage_d_un_autre_moment_ne_vaut_rien(autorite: Autorite) -> None:
    instant = timezone.now()
    jeton = horodater(b"ligne", instant)
    assert attester(b"ligne", jeton, instant, racines()) is not None
    for faux in (
        (b"ligne", jeton, instant - timedelta(hours=2), racines()),
        (b"autre", jeton, instant, racines()),
        (b"ligne", jeton[:-1], instant, racines()),
        (b"ligne", jeton, instant, racines(), 7),
    ):
        with pytest.raises(HorodatageFaux):
            attester(*faux)


@pytest.mark.parametrize("reponse", [b"", b"<html>503</html>", b"0" * 70_000, "rejouee"])
def test_une_autorite_qui_repond_mal_n_arrete_pas_l_ancre(
    autorite: Autorite, reponse: bytes | str, caplog: pytest.LogCaptureFixture
) -> None:
    if isinstance(reponse, str):
        poser()
        reponse = base64.b64decode(lire()[0].horodatage)
    autorite.a_la_place = reponse
    ancre = poser()
    assert (ancre.horodatage, ancre.horodatee_le) == (NON_HORODATE, None)
    assert "ancre non horodatée" in caplog.text
    assert lire()[-1] == ancre


def test_une_autorite_absente_n_arrete_pas_l_ancre(autorite: Autorite, settings: Settings) -> None:
    settings.HORODATAGE = "http://127.0.0.1:1/"
    assert poser().horodatage == NON_HORODATE
    assert "non horodatées : 1" in lancer("verifier").output


def test_une_reponse_qui_porte_toute_la_chaine_est_dite(autorite: Autorite) -> None:
    """The library refuses some of them: the anchor is laid, stamped or not, and reads again either way."""
    autorite.avec_la_chaine = True
    poser()
    assert len(lire()) == 1
