"""A name of use and one of birth, a birth of which only the year is known, a person of one name: through every door."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from binome.bureau.filtres import FiltreDeDossiers, lister
from binome.comptes.acteur import Acteur
from binome.comptes.etat_civil import (
    annee_seule,
    avec_la_naissance,
    naissance_en_mots,
    prenom_lu,
)
from binome.dossiers import services
from binome.dossiers.formulaires import IdentiteDuCandidat
from binome.dossiers.models import Dossier
from binome.dossiers.portee import TOUT
from binome.imports.verifier import Lecteur
from tests.dossiers.monde import brouillon, depose, joindre
from tests.dossiers.navigation import page

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


@pytest.mark.parametrize(
    ("ecrit", "annee"),
    [
        ("1962", 1962), ("00/00/1962", 1962), ("??/??/1962", 1962), ("1962-00-00", 1962),
        ("XX/XX/1962", 1962), (" 1962 , jour inconnu", 1962), ("03/05/1962", None), ("1962-05-03", None),
        ("00/05/1962", None), ("", None), ("n.c. n.c. 1962", 1962),
    ],
)  # fmt: skip
def test_une_annee_seule_se_lit_comme_elle_s_ecrit(ecrit: str, annee: int | None) -> None:
    assert annee_seule(ecrit) == annee


def test_ce_que_l_export_ecrit_se_relit() -> None:
    assert annee_seule(naissance_en_mots(None, 1962)) == 1962
    assert naissance_en_mots(date(1962, 5, 3), None) == "3 mai 1962"
    assert naissance_en_mots(None, None) == ""


@pytest.mark.parametrize("tiret", ["-", "—", "–", "--", " - "])
def test_un_tiret_dit_que_la_personne_n_a_qu_un_nom(tiret: str) -> None:
    assert prenom_lu(tiret) == "—"
    assert avec_la_naissance("—", "Suharni", "") == "Suharni"


def test_un_prenom_garde_ses_tirets() -> None:
    assert prenom_lu("Anne-Marie") == "Anne-Marie"


def _ecrire(monde: Monde, dossier: Dossier, **valeurs: Any) -> Dossier:
    return services.ecrire_identite(dossier, valeurs, Acteur(monde.alice), version=dossier.version)


def test_une_annee_suffit_a_deposer_et_se_lit_partout(monde: Monde) -> None:
    dossier = _ecrire(monde, brouillon(monde), naissance_annee=1962)
    assert dossier.naissance is None, "un jour ou une année, jamais les deux"
    dossier = services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    assert dossier.naissance_dite == "1962, jour inconnu"
    dossier = _ecrire(monde, brouillon(monde), naissance=date(1962, 5, 3))
    assert dossier.naissance_annee is None


def test_sans_jour_ni_annee_rien_ne_se_depose(monde: Monde) -> None:
    dossier = depose(monde)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(naissance=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(naissance_annee=1984)


def test_le_formulaire_prend_un_jour_ou_une_annee() -> None:
    assert IdentiteDuCandidat({"naissance_annee": "1962"}).is_valid()
    deux = IdentiteDuCandidat({"naissance": "03/05/1962", "naissance_annee": "1962"})
    assert deux.is_valid()
    assert deux.cleaned_data["naissance_annee"] is None
    autre = IdentiteDuCandidat({"naissance": "03/05/1962", "naissance_annee": "1961"})
    assert list(autre.errors) == ["naissance_annee"]
    assert "pas plausible" in str(IdentiteDuCandidat({"naissance_annee": "2024"}).errors)


def test_l_import_lit_l_annee_le_nom_de_naissance_et_le_tiret() -> None:
    lue = Lecteur().lire(
        {"cle": "1", "prenom": "-", "nom": "Suharni", "nom_de_naissance": "Żółć", "naissance": "00/00/1962"}
    )  # fmt: skip
    assert not lue.erreurs
    assert lue.identite == {
        "prenom": "—", "nom": "Suharni", "nom_de_naissance": "Żółć", "naissance_annee": 1962,
    }  # fmt: skip
    (faute,) = Lecteur().lire({"cle": "1", "naissance": "1850"}).erreurs
    assert "pas plausible" in faute.raison


def test_on_trouve_une_personne_par_l_un_ou_l_autre_nom(monde: Monde) -> None:
    dossier = _ecrire(monde, brouillon(monde), nom="Durand", nom_de_naissance="Martin-Dürr")
    for q in ("durand", "martin", "durr lea", "Durand Martin"):
        assert dossier in lister(Dossier.objects.all(), FiltreDeDossiers(q=q), TOUT), q


def test_qui_examine_une_piece_lit_les_deux_noms_et_la_naissance(
    client: Client, monde: Monde
) -> None:
    dossier = depose(monde)
    piece = joindre(monde, dossier, "identite")
    Dossier.objects.filter(pk=dossier.pk).update(
        nom_de_naissance="Martin", naissance=None, naissance_annee=1962
    )
    debut = f"/espace/dossiers/{dossier.reference}/"
    for adresse in (debut, f"{debut}pieces/{piece.pk}/examen/", f"{debut}pieces/examen/"):
        lue = page(client, monde.emma, adresse)
        assert "Martin" in lue, adresse
        assert "1962, jour inconnu" in lue, adresse
