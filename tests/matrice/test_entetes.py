"""What a browser and a proxy are told about the members' pages, and what the cookies may do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from tests.matrice.objets import entrer, preparer
from tests.matrice.table import MEMBRES, lire

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde

_, LIGNES = lire()
LUES = [une for une in LIGNES if une.methode == "GET" and une.adresse.startswith(MEMBRES)]
EXEMPLES = ("espace/imports/modele.csv", "espace/imports/modele.xlsx")


pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize("une_sur", [3, pytest.param(1, marks=pytest.mark.long(3))])
def test_une_page_de_membre_ne_reste_dans_aucun_cache(monde: Monde, une_sur: int) -> None:
    objets = preparer(monde)
    fautes = []
    for rang, role in enumerate(("gestionnaire", "examinateur", "candidat")):
        client = entrer(objets.qui[role])
        temoin = dict(client.cookies)
        for une in LUES[rang % une_sur :: une_sur]:  # each address for one of the three
            client.cookies.update(temoin)
            with transaction.atomic():
                reponse = client.get(objets.chemin(une.adresse))
                if reponse.streaming:
                    b"".join(reponse)
                transaction.set_rollback(True)
            if reponse.status_code != 200:
                continue
            if "no-store" not in reponse.headers.get("Cache-Control", ""):
                fautes.append(f"{une} pour {role} : Cache-Control")
            if reponse.headers["Referrer-Policy"] != "same-origin":
                fautes.append(f"{une} : Referrer-Policy")
            if "default-src 'none'" not in reponse.headers.get("Content-Security-Policy", ""):
                fautes.append(f"{une} : Content-Security-Policy")
    assert not fautes, "\n".join(fautes)


def test_les_cookies_ne_servent_qu_au_site_et_en_https(tmp_path: object) -> None:
    lu = subprocess.run(
        [sys.executable, "-c", (
            "import json; from binome.socle import reglages as r;"
            "print(json.dumps([[getattr(r, f'{c}_COOKIE_{n}', None)"
            " for n in ('SECURE', 'HTTPONLY', 'SAMESITE')] for c in ('SESSION', 'CSRF')]))"
        )],
        env={**os.environ, "BINOME_DEMONSTRATION": "", "BINOME_SECRET": "x" * 60,
             "BINOME_HOTES": "binome.exemple", "BINOME_DONNEES": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    session, csrf = json.loads(lu.stdout)
    assert session == [True, True, "Lax"]
    assert csrf[:2] == [True, True]
