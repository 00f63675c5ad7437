"""Somebody is forgotten: the contract stays, with its shares, and names them no longer; the journal agrees."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from binome.conservation.cloture import clore_le_compte
from binome.conservation.detenteurs import DETENTEURS
from binome.contrats_d_aide.models import Medecin, PosteDuContrat
from binome.contrats_d_aide.vie_lue import SANS_NOM, postes_de
from binome.diagnostic.reconciliation import differences
from binome.dossiers.effacement import anonymiser
from binome.dossiers.models import EmploiSuivi
from binome.emplois.models import Emploi
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from tests.contrats_d_aide.cabinets import cabinets
from tests.dossiers.monde import Monde, construire, propose, suivi_par

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    """Alice's organisation, and who is around it."""
    return construire()


@pytest.fixture(autouse=True)
def _rayons(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.DEMONSTRATION = True


def test_un_dossier_efface_laisse_le_contrat_sans_sa_personne(monde: Monde) -> None:
    ici, dossier = cabinets(), propose(monde)
    suivi_par(dossier, ici.cabinet)
    emploi = EmploiSuivi.objects.get(dossier=dossier).emploi
    contrat = ici.signe()
    ici.geste(contrat, "poser", genre="assistant", emploi=emploi, part=5_000, du=date(2024, 9, 2))
    assert [nom for _, nom in postes_de([contrat.pk])] == [str(monde.lea)]
    assert anonymiser(dossier.pk, auteur="systeme", motif="Essai")
    assert not Emploi.objects.filter(pk=emploi.pk).exists()
    poste = PosteDuContrat.objects.get(contrat=contrat)
    assert (poste.emploi_id, poste.part, postes_de([contrat.pk])[0][1]) == (None, 5_000, SANS_NOM)
    assert list(differences()) == []


def test_un_compte_clos_garde_le_poste_sans_son_nom() -> None:
    ici = cabinets()
    contrat = ici.en_cours()
    sam = ici.emploi.salarie.personne
    assert sam is not None
    lue = next(un for un in DETENTEURS if un.nom == "contrats_d_aide").exporter(sam)
    assert [un["part"] for un in lue["postes_aides"]] == [5_000]
    clore_le_compte(sam, auteur="systeme", motif="Essai")
    assert [nom for _, nom in postes_de([contrat.pk])] == [SANS_NOM]
    assert Emploi.objects.filter(pk=ici.emploi.pk).exists()
    assert list(differences()) == []


def test_un_medecin_qui_ferme_son_compte_ne_lit_plus_ses_contrats(monde: Monde) -> None:
    ici = cabinets()
    medecin = Medecin.objects.select_for_update().get(pk=ici.un.pk)
    medecin.personne = monde.lea
    medecin.save(update_fields=["personne"])
    ecrire(
        Ecriture(
            "medecin.dit",
            medecin.objet,
            auteur="systeme",
            sujet=medecin.objet,
            lignes=lignes([medecin], "personne"),
        )
    )
    ici.en_cours()
    tenu = next(un for un in DETENTEURS if un.nom == "contrats_d_aide")
    assert [un["caisse"] for un in tenu.exporter(monde.lea)["contrats_d_aide"]] == [
        "Caisse d’Exemple"
    ]
    tenu.oublier_personne(monde.lea, "systeme", "Essai")
    medecin.refresh_from_db()
    assert (medecin.personne_id, medecin.nom) == (None, "Essai")
    assert list(differences()) == []
