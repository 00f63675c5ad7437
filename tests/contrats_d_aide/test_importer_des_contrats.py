"""A caisse brings in contracts that it signed before: good rows are kept, each mistake is named by its cell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from binome.contrats_d_aide.etats import EtatDeContrat, VersionDeContrat
from binome.contrats_d_aide.importer import importer_des_contrats
from binome.contrats_d_aide.lire_une_table import lire_une_ligne
from binome.contrats_d_aide.models import Contrat, Medecin
from binome.gestes.refus import GesteImpossible
from tests.contrats_d_aide.cabinets import RPPS, deux_medecins

if TYPE_CHECKING:
    from binome.contrats_d_aide.importer import BilanDeTable
    from tests.contrats_d_aide.cabinets import Cabinets

BONNE = {
    "rpps": RPPS[2], "nom": "Inventé", "prenom": "Trois", "specialite": "Médecine générale", "cabinet": "Cabinet d’essai",
    "departement": "1", "zone": "non", "option": "Un mi-temps", "secteur": "1", "signe_le": "02/09/2024",
    "commence_le": "2024-10-01",
}  # fmt: skip


@pytest.fixture
def gens(db: None) -> Cabinets:
    return deux_medecins()


def _importer(gens: Cabinets, *rangs: dict[str, str]) -> BilanDeTable:
    return importer_des_contrats(
        gens.caisse, gens.carole, [lire_une_ligne(rang, un) for rang, un in enumerate(rangs, 2)]
    )


@pytest.mark.parametrize(
    ("colonne", "texte", "raison"),
    [
        ("rpps", "10000000000", "sa clé ne va pas"),
        ("rpps", "1E+10", "onze chiffres"),
        ("rpps", "#REF!", ""),
        ("nom", "", "Dites le nom"),
        ("option", "trois quarts", "pas dans la liste"),
        ("option", "", "Dites l’option"),
        ("departement", "99", "n’existe pas"),
        ("zone", "peut-être", "oui ou non"),
        ("secteur", "3", "2 avec Optam"),
        ("secteur", "2", "s’il a l’Optam"),
        ("nom", "\u200b\u200d", "nom du médecin"),
        ("patientele_mt", "mille", "nombre entier"),
        ("signe_le", "31/02/2025", "n’est pas une date"),
        ("signe_le", "01/01/2090", "pas encore venu"),
        ("commence_le", "01/09/2024", "avant la signature"),
        ("cabinet", "x" * 201, "trop long"),
    ],
)
def test_une_faute_est_nommee_par_sa_colonne(colonne: str, texte: str, raison: str) -> None:
    (erreur,) = lire_une_ligne(2, {**BONNE, colonne: texte}).erreurs
    assert erreur.cle == colonne
    assert raison in erreur.raison


def test_les_mots_des_tableurs_se_lisent() -> None:
    lus = lire_une_ligne(
        2, {**BONNE, "rpps": "1 0000 000025", "option": "1/2", "zone": "OUI", "departement": "ille-et-vilaine", "secteur": "Secteur 2 avec OPTAM"}
    ).lus  # fmt: skip
    assert (lus["rpps"], lus["option"], lus["zone"], lus["departement"], lus["secteur"]) == (
        RPPS[2],
        "demi",
        True,
        "35",
        "2_optam",
    )


def test_les_bonnes_lignes_restent_et_les_autres_se_disent(gens: Cabinets) -> None:
    bilan = _importer(
        gens, BONNE, {**BONNE, "rpps": "10000000000"}, {**BONNE, "nom": "Autre"},
        {**BONNE, "rpps": RPPS[3], "signe_le": "19/08/2019", "commence_le": ""},
        {**BONNE, "rpps": RPPS[0], "nom": "Quelqu’un d’autre"},
    )  # fmt: skip
    assert (bilan.faites, bilan.connues) == (1, 0)
    assert [(une.numero, une.erreurs[0].cle) for une in bilan.a_mender] == [
        (3, "rpps"),
        (4, "rpps"),
        (5, "signe_le"),
        (6, "rpps"),
    ]
    assert "ligne 2" in bilan.a_mender[1].erreurs[0].raison
    contrat = Contrat.objects.get()
    assert (contrat.etat, contrat.version_signee) == (
        EtatDeContrat.EN_COURS,
        VersionDeContrat.CONVENTION_2024,
    )
    assert (contrat.departement, contrat.caisse) == ("01", gens.caisse)
    assert contrat.essai
    assert contrat.version > 1
    # Nothing of a row that was refused is kept, not even its doctor.
    assert not Medecin.objects.filter(rpps=RPPS[3]).exists()


def test_une_table_deux_fois_ne_fait_rien_deux_fois(gens: Cabinets) -> None:
    _importer(gens, BONNE)
    bilan = _importer(gens, BONNE, {**BONNE, "rpps": RPPS[3], "nom": "Suivant"})
    assert (bilan.faites, bilan.connues, bilan.a_mender) == (1, 1, [])


def test_un_contrat_qui_court_en_refuse_un_second_sans_emporter_les_autres(gens: Cabinets) -> None:
    _importer(gens, BONNE)
    bilan = _importer(
        gens, {**BONNE, "signe_le": "03/09/2024"}, {**BONNE, "rpps": RPPS[3], "nom": "Suivant"}
    )
    assert bilan.faites == 1
    (refusee,) = bilan.a_mender
    assert "déjà un contrat en cours" in refusee.erreurs[0].raison


def test_un_contrat_a_son_terme_arrive_fini(gens: Cabinets) -> None:
    bilan = _importer(gens, {**BONNE, "signe_le": "02/09/2019", "commence_le": "01/10/2019"})
    assert bilan.faites == 1
    contrat = Contrat.objects.get()
    assert (contrat.etat, contrat.fini_le) == (EtatDeContrat.FINI, date(2024, 9, 1))


def test_qui_n_est_pas_de_la_caisse_n_importe_rien(gens: Cabinets) -> None:
    for caisse, qui in ((gens.caisse, gens.emma), (gens.autre_caisse, gens.carole)):
        with pytest.raises(GesteImpossible, match="la caisse"):
            importer_des_contrats(caisse, qui, [lire_une_ligne(2, BONNE)])
    assert not Contrat.objects.exists()


def test_un_fait_impossible_ne_perd_que_sa_ligne(gens: Cabinets) -> None:
    bilan = _importer(
        gens, {**BONNE, "patientele_mt": "999999"}, {**BONNE, "rpps": RPPS[3], "nom": "Suivant", "patientele_mt": "1 200"}
    )  # fmt: skip
    assert bilan.faites == 1
    assert [(une.numero, une.erreurs[0].cle) for une in bilan.a_mender] == [(2, "patientele_mt")]
