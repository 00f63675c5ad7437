"""A yes, a no, and nothing else."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from binome.socle.environnement import oui
from binome.socle.horodatage import autorite_d_horodatage


@pytest.mark.parametrize(
    ("mot", "attendu"),
    [("oui", True), ("1", True), ("TRUE ", True), ("yes", True)]
    + [(mot, False) for mot in ("non", "0", "False", "no", "", " ")],
)
def test_les_mots_connus(mot: str, attendu: bool) -> None:
    assert oui("BINOME_DERRIERE_UN_RELAIS", {"BINOME_DERRIERE_UN_RELAIS": mot}) is attendu


def test_absente_vaut_non() -> None:
    assert not oui("BINOME_DERRIERE_UN_RELAIS", {})


@pytest.mark.parametrize("mot", ["ouii", "2", "on", "127.0.0.1"])
def test_une_faute_de_frappe_est_refusee_par_son_nom(mot: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BINOME_DERRIERE_UN_RELAIS vaut « oui » ou"):
        oui("BINOME_DERRIERE_UN_RELAIS", {"BINOME_DERRIERE_UN_RELAIS": mot})


@pytest.mark.parametrize(
    ("adresse", "racine", "attendu"),
    [
        ("", "", ("", "")),
        ("", "/r.pem", ("", "/r.pem")),
        ("https://h.exemple.fr/tsr", "/r.pem", ("https://h.exemple.fr/tsr", "/r.pem")),
        ("https://h.exemple.fr/tsr", "", "BINOME_HORODATAGE_RACINE"),
        ("file:///etc/passwd", "/r.pem", "http://"),
        ("https://[", "/r.pem", "http://"),
    ],
)
def test_l_autorite_d_horodatage_est_une_adresse_et_ses_certificats(
    adresse: str, racine: str, attendu: tuple[str, str] | str
) -> None:
    donne = {"BINOME_HORODATAGE": adresse, "BINOME_HORODATAGE_RACINE": racine}
    if isinstance(attendu, tuple):
        assert autorite_d_horodatage(donne) == attendu
    else:
        with pytest.raises(ImproperlyConfigured, match=attendu):
            autorite_d_horodatage(donne)
