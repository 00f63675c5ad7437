"""Where a vulnerability is reported: what whoever runs the site says, and nothing invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.reglages.controle import verifier
from binome.reglages.reglage import ReglageRefuse
from binome.socle.signalement import contact_de_securite

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

ADRESSE = "/.well-known/security.txt"


def test_le_contact_est_servi_jusqu_a_son_jour(client: Client, settings: Settings) -> None:
    assert client.get(ADRESSE).status_code == 404
    settings.SECURITE_CONTACT = "mailto:securite@exemple.fr"
    settings.SECURITE_JUSQU_AU = timezone.localdate()
    page = client.get(ADRESSE)
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    lignes = page.content.decode().splitlines()
    assert lignes[0] == "Contact: mailto:securite@exemple.fr"
    assert lignes[1].startswith(f"Expires: {timezone.localdate().isoformat()}T")
    settings.SECURITE_JUSQU_AU = timezone.localdate() - timedelta(days=1)
    assert client.get(ADRESSE).status_code == 404


def test_le_reglage_se_lit_ou_se_refuse() -> None:
    assert contact_de_securite({}) == ("", None)
    donne = {
        "BINOME_SECURITE_CONTACT": "https://exemple.fr/signaler",
        "BINOME_SECURITE_JUSQU_AU": "2027-06-30",
    }
    assert contact_de_securite(donne) == ("https://exemple.fr/signaler", date(2027, 6, 30))
    for faux in (
        {"BINOME_SECURITE_CONTACT": "securite@exemple.fr"},
        {"BINOME_SECURITE_CONTACT": "mailto:a@exemple.fr\nExpires: jamais"},
        {"BINOME_SECURITE_JUSQU_AU": "demain"},
        {"BINOME_SECURITE_JUSQU_AU": ""},
    ):
        with pytest.raises(ReglageRefuse, match="BINOME_SECURITE"):
            verifier({**donne, **faux})
