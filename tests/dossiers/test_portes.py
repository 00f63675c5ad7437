"""Two doors, one gesture: what an import does is what the form does, effects included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binome.bureau.decisions import annuler_confirmation, confirmer
from binome.comptes.acteur import Acteur
from binome.comptes.models import Invitation, Organisation
from binome.comptes.services import donner_role
from binome.courrier.models import Message
from binome.diagnostic.reconciliation import differences
from binome.dossiers import services as a_la_main
from binome.dossiers.employeurs.services import qui_suivent
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import visibles
from binome.employeurs.services import associer
from binome.imports import services, tranches
from binome.journal.chaine import verifier
from binome.journal.histoire import histoire
from tests.dossiers.monde import FAITS, IDENTITE, personne, propose, trancher_tout
from tests.imports.tableau import TITRES, ligne_de
from tests.imports.test_import import _faire, _ouvrir

if TYPE_CHECKING:
    from pathlib import Path

    from binome.dossiers.receptions import Import
    from tests.dossiers.monde import Monde

TILLEULS, ORMES = "12345678200010", "44306184100047"


def _par_le_formulaire(monde: Monde, **identite: Any) -> Dossier:
    alice = Acteur(monde.alice)
    dossier = a_la_main.ouvrir(monde.organisme, alice, exemple=True)
    dossier = a_la_main.ecrire_identite(
        dossier, IDENTITE | identite, alice, version=dossier.version
    )
    dossier = a_la_main.declarer(dossier, FAITS, alice, version=dossier.version)
    return a_la_main.deposer(dossier, alice, version=dossier.version)


def _gestes(dossier: Dossier) -> list[str]:
    lus = [une["geste"] for une in histoire(dossier.objet)]
    # The form writes who and what apart; a row gives both at once.
    return list(dict.fromkeys(lus))


def test_un_dossier_importe_et_depose_invite_comme_le_formulaire(
    monde: Monde, tmp_path: Path
) -> None:
    a_la_page = _par_le_formulaire(monde)
    _faire(monde, _ouvrir(monde, tmp_path, ligne_de(1), ligne_de(2), ligne_de(3)), deposer=True)
    importes = Dossier.objects.exclude(cle_import="").order_by("cle_import")
    for dossier in importes:
        assert _gestes(dossier) == _gestes(a_la_page)
        invitation = Invitation.objects.get(dossier=dossier.reference)
        assert invitation.courriel == dossier.courriel
        lettre = Message.objects.get(cle=f"invitation:{invitation.pk}")
        assert dossier.reference in lettre.texte
    assert importes.count() == 3
    assert Invitation.objects.count() == 4
    assert verifier() is None
    assert not list(differences())


def test_un_brouillon_importe_n_invite_personne_avant_d_etre_depose(
    monde: Monde, tmp_path: Path
) -> None:
    _faire(monde, _ouvrir(monde, tmp_path, ligne_de(1)))
    assert not Invitation.objects.exists()
    _faire(monde, _ouvrir(monde, tmp_path, ligne_de(1)), deposer=True)
    dossier = Dossier.objects.get()
    assert dossier.etat == Etat.DEPOSE
    assert Invitation.objects.get().dossier == dossier.reference


@pytest.mark.postgresql
def test_un_autre_employeur_importe_ote_le_dossier_a_l_ancien(monde: Monde, tmp_path: Path) -> None:
    alice, paul = Acteur(monde.alice), personne("paul")
    _faire(monde, _au_numero(monde, tmp_path, TILLEULS, "Cabinet des Tilleuls"))
    dossier = Dossier.objects.get()
    associer(dossier, alice, version=dossier.version, identifiant=TILLEULS, courriel=paul.courriel)
    cabinet = Organisation.objects.get(genre="cabinet")
    donner_role(paul, cabinet, "employeur")
    ormes = _au_numero(monde, tmp_path, ORMES, "Maison de santé des Ormes")
    assert _faire(monde, ormes, deposer=True) == {"changee": 1}
    dossier = Dossier.objects.get()
    assert (dossier.etat, dossier.employeur_identifiant) == (Etat.DEPOSE, ORMES)
    assert qui_suivent(dossier) == []
    assert not visibles(Acteur(paul)).exists()
    assert not list(differences())


def _au_numero(monde: Monde, tmp_path: Path, numero: str, employeur: str) -> Import:
    """A spreadsheet with the number of the employer, beside its name."""
    ligne = [*ligne_de(1, employeur=employeur), numero]
    return _ouvrir(monde, tmp_path, ligne, titres=(*TITRES, "SIRET ou RPPS"))


def _requetes(monde: Monde, tmp_path: Path, debut: int, nombre: int) -> int:
    lignes = [ligne_de(rang) for rang in range(debut, debut + nombre)]
    importation = _ouvrir(monde, tmp_path, *lignes)
    services.commencer(importation, Acteur(monde.alice), deposer=True)
    with CaptureQueriesContext(
        connection,
    ) as requetes:
        tranches.avancer(importation, Acteur(monde.alice))
    return len(requetes)


def test_deposer_cinq_fois_plus_de_lignes_ne_coute_pas_plus_de_requetes(
    monde: Monde, tmp_path: Path
) -> None:
    _requetes(monde, tmp_path, 0, 1)
    peu = _requetes(monde, tmp_path, 100, 10)
    assert _requetes(monde, tmp_path, 200, 50) <= peu + 5
    assert Dossier.objects.filter(etat=Etat.DEPOSE).count() == 61
    assert visibles(Acteur(monde.emma)).count() == 61


def test_confirmer_et_annuler_cinq_dossiers_coutent_les_requetes_de_deux(monde: Monde) -> None:
    trancher_tout(monde, propose(monde))

    def requetes(nombre: int) -> tuple[int, int]:
        clairs = [propose(monde) for _ in range(nombre)]
        with CaptureQueriesContext(connection) as a_confirmer:
            bilan = confirmer(Acteur(monde.emma), {un.reference: un.version for un in clairs})
        assert bilan.confirmation is not None
        assert len(bilan.confirmes) == nombre
        with CaptureQueriesContext(connection) as a_annuler:
            annule = annuler_confirmation(bilan.confirmation, Acteur(monde.emma))
        assert len(annule.confirmes) == nombre
        return len(a_confirmer), len(a_annuler)

    peu, beaucoup = requetes(2), requetes(5)
    assert beaucoup[0] <= peu[0] + 1
    assert beaucoup[1] <= peu[1] + 1
    assert not list(differences())
