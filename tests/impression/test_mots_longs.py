"""No word leaves the page: what is longer than a line is cut where the line ends, on the sealed letter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from django.utils import timezone

from binome.branches.services import ecrire_les_textes
from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.dossiers import rayons
from binome.dossiers.models import Decision, Dossier
from binome.lettres.lettre import sceller
from tests.dossiers.monde import Monde, construire, propose

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db
MARGE = 21 / 25.4 * 72
"""Points from the edge of the sheet to its text."""
ADRESSE = "https://exemple.invalid/" + "recours/" * 20


@pytest.fixture
def monde() -> Monde:
    """The made-up world."""
    return construire()


def test_un_mot_plus_long_que_la_ligne_reste_dans_la_page(
    monde: Monde, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    textes = {"entete": "W" * 300, "contact": ADRESSE, "recours": f"Écrivez à {ADRESSE}", "signature": "M" * 200}  # fmt: skip
    ecrire_les_textes(monde.branche, Acteur(monde.ana), textes, 60, vus=0)
    dossier = propose(monde)
    Dossier.objects.update(nom="Mm" * 50, employeur="W" * 200)
    decisions.decider(
        dossier, Acteur(monde.emma), version=dossier.version, raison="autre", ecart="é" * 1500
    )
    Decision.objects.update(notifiable_des=timezone.now())
    assert sceller() == 1
    scellee = rayons.LETTRES.chemin_de(Decision.objects.get().sceau).read_bytes()
    lues = 0
    with pypdfium2.PdfDocument(scellee) as document:
        texte = "".join(page.get_textpage().get_text_range() for page in document)
        for page in document:
            droite = page.get_width() - MARGE
            boites = page.get_textpage()
            for rang in range(boites.count_chars()):
                gauche, _, bord, _ = boites.get_charbox(rang)
                lues += 1
                assert MARGE - 9 <= gauche <= bord <= droite + 1, boites.get_text_range(rang, 1)
    assert lues > 4000
    assert ADRESSE in "".join(texte.split()), "an address is copied as it was typed"
    sans_blancs = "".join(texte.replace("\u200b", "").split())
    for entier in ("W" * 300, "é" * 1500, ADRESSE, "Mm" * 50):
        assert entier in sans_blancs, "cut at the line, and nothing of it is lost"
