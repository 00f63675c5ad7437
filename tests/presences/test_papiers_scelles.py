"""The sealed sheet of a slot and the state of a person say what holds, what was signed, and what was corrected."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from binome.gestes.services import faire
from binome.parcours.models import Parcours
from binome.presences.constat import PRESENT, CeQuiSEstPasse
from binome.presences.gel import corriger
from binome.presences.models import Presence
from binome.presences.recevoir import recevoir
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau
from tests.presences.suivi import recue

if TYPE_CHECKING:
    from pytest_django import Settings

    from binome.comptes.models import Personne
    from tests.presences.suivi import Suivi


def lire(suivi: Suivi, adresse: str, qui: Personne) -> str:
    un = Client()
    un.force_login(qui)
    reponse = un.get(adresse)
    assert reponse.status_code == 200
    lu = PdfReader(BytesIO(reponse.content))
    assert "/Sig" in str(lu.trailer["/Root"]["/AcroForm"]["/Fields"][0].get_object())  # type: ignore[index] # a dictionary
    texte = " ".join(page.extract_text() for page in lu.pages)
    return " ".join(texte.replace("\u202f", " ").replace("\xa0", " ").split())


@pytest.fixture
def corrige(suivi: Suivi) -> Suivi:
    """Signed, counter-signed, then corrected: twenty minutes late."""
    recevoir(suivi.bob, suivi.creneau, [recue(suivi.parcours)], maintenant=timezone.now())
    faire(CRENEAUX, "geler", suivi.creneau, suivi.bob, version=suivi.creneau.version)
    une = Presence.objects.select_related(
        "creneau__session", "parcours__dossier__candidat", "parcours__organisme"
    ).get()
    corriger(suivi.bob, une, CeQuiSEstPasse(PRESENT, 20), "heure", version=une.version)
    return suivi


def test_la_feuille_d_un_creneau(corrige: Suivi) -> None:
    page = f"/espace/creneaux/{corrige.creneau.uid}/presences.pdf"
    texte = lire(corrige, page, corrige.monde.bob)
    for dit in (
        "Léa Exemple",
        "(tablette)",
        "retard 20 min",
        "3 h 10",
        "Contresigné le",
        "corrigé le",
    ):
        assert dit in texte, texte


def test_l_etat_d_une_personne(corrige: Suivi) -> None:
    page = f"/espace/parcours/{corrige.parcours.pk}/presences.pdf"
    texte = lire(corrige, page, corrige.monde.lea)
    for dit in ("État des présences", "3 h 10 prouvées", "20 min manquées", "B1M1"):
        assert dit in texte, texte


def test_qui_est_positionne_ailleurs_se_dit_sur_les_deux(corrige: Suivi) -> None:
    Parcours.objects.filter(pk=corrige.parcours.pk).update(
        decision=None, positionne_le=date(2026, 3, 2)
    )
    for page in (
        f"/espace/parcours/{corrige.parcours.pk}/presences.pdf",
        f"/espace/creneaux/{corrige.creneau.uid}/presences.pdf",
    ):
        texte = lire(corrige, page, corrige.monde.bob).lower()
        assert "positionné hors de binôme, par une décision du 2 mars 2026" in texte


def test_rien_a_lire_avant_la_contresignature(suivi: Suivi) -> None:
    bob = Client()
    bob.force_login(suivi.monde.bob)
    assert bob.get(f"/espace/creneaux/{suivi.creneau.uid}/presences.pdf").status_code == 404
    assert Creneau.objects.get().gele_le is None


def test_sans_sceau_rien_n_est_donne(corrige: Suivi, settings: Settings) -> None:
    settings.DEMONSTRATION, settings.SCEAU_CLE, settings.SCEAU_CERTIFICAT = False, "", ""
    bob = Client()
    bob.force_login(corrige.monde.bob)
    reponse = bob.get(f"/espace/creneaux/{corrige.creneau.uid}/presences.pdf")
    assert reponse.status_code == 503
    assert "ne peut pas être scellé" in reponse.content.decode()
