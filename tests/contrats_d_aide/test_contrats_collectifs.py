"""A company signs for its doctors: who enters, who leaves, what adds to nothing, what must wait."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from binome.contrats_d_aide.etats import EtatDeContrat, GenreDeContrat
from binome.contrats_d_aide.medecins import MedecinDit, dire_un_medecin
from binome.contrats_d_aide.services import ContratDit, preparer
from binome.gestes.refus import GesteImpossible
from tests.contrats_d_aide.cabinets import FAITS, RPPS, Cabinets, deux_medecins

if TYPE_CHECKING:
    from binome.contrats_d_aide.models import Contrat, Medecin

pytestmark = pytest.mark.django_db
COLLECTIF: Final = date(2026, 3, 2)


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


def _societe(ici: Cabinets, *medecins: Medecin, **autres: Any) -> Contrat:
    """A collective contract in preparation, its doctors in."""
    contrat = preparer(
        ContratDit(**{
            "genre": GenreDeContrat.COLLECTIF, "societe": ici.cabinet, "signataire": ici.cabinet, "caisse": ici.caisse,
            "etp": 100, "faits": {**FAITS, "societe_signataire": "scm"}, **autres,
        }), ici.emma,
    )  # fmt: skip
    for medecin in medecins:
        ici.geste(contrat, "adherer", medecin=medecin, entree=COLLECTIF)
    return contrat


@pytest.mark.parametrize(
    ("le", "version"), [(date(2026, 2, 24), ""), (date(2026, 2, 25), "collectif_2026")]
)
def test_un_contrat_collectif_ne_se_signe_qu_a_partir_de_son_jour(
    ici: Cabinets, le: date, version: str
) -> None:
    contrat = _societe(ici, ici.un, ici.deux)
    if not version:
        with pytest.raises(GesteImpossible, match="25 février 2026"):
            ici.geste(contrat, "signer", signe_le=le)
        return
    ici.geste(contrat, "signer", signe_le=le)
    assert contrat.version_signee == version
    assert [un["aide_max_cents"] for un in contrat.reponse["annees"]][:2] == [3_800_000, 2_800_000]


def test_un_contrat_collectif_ne_s_ajoute_a_rien(ici: Cabinets) -> None:
    individuel = ici.signe()
    groupe = _societe(ici, ici.un, ici.deux)
    with pytest.raises(GesteImpossible, match="Un Essai a encore un contrat individuel"):
        ici.geste(groupe, "signer", signe_le=COLLECTIF)
    ici.geste(individuel, "resilier", ici.carole, par="caisse", lettre_le=None, fini_le=date(2026, 3, 1), explication="")  # fmt: skip
    with pytest.raises(GesteImpossible, match="déjà dans ce contrat"):
        ici.geste(groupe, "adherer", medecin=ici.un, entree=COLLECTIF)
    ici.geste(groupe, "signer", signe_le=COLLECTIF)
    encore = ici.prepare()
    with pytest.raises(GesteImpossible, match="contrat collectif : un contrat individuel"):
        ici.geste(encore, "signer", signe_le=date(2026, 4, 1))


def test_on_entre_et_on_sort_a_un_anniversaire(ici: Cabinets) -> None:
    groupe = _societe(ici, ici.un, ici.deux, etp=200)
    ici.geste(groupe, "signer", signe_le=COLLECTIF)
    trois = dire_un_medecin(MedecinDit("Essai", "Trois", RPPS[2], "medecine_generale"), ici.emma)
    with pytest.raises(GesteImpossible, match="le prochain est le 2 mars 2027"):
        ici.geste(groupe, "adherer", medecin=trois, entree=date(2026, 6, 1))
    ici.geste(groupe, "adherer", medecin=trois, entree=date(2027, 3, 2))
    membre = groupe.membres.get(medecin=ici.un)
    with pytest.raises(GesteImpossible, match="date anniversaire"):
        ici.geste(groupe, "quitter", membre=membre, sortie=date(2027, 3, 2))
    assert not ici.geste(groupe, "quitter", membre=membre, sortie=date(2027, 3, 1)).nouvelles
    passage = ici.geste(
        groupe, "quitter", membre=groupe.membres.get(medecin=trois), sortie=date(2028, 3, 1)
    )
    assert "demandez à la caisse" in passage.nouvelles[0]
    with pytest.raises(GesteImpossible, match="dernier médecin"):
        ici.geste(
            groupe, "quitter", membre=groupe.membres.get(medecin=ici.deux), sortie=date(2028, 3, 1)
        )


def test_un_plafond_d_un_temps_plein_par_medecin(ici: Cabinets) -> None:
    groupe = _societe(ici, ici.un, ici.deux, etp=300)
    with pytest.raises(GesteImpossible, match="temps plein"):
        ici.geste(groupe, "signer", signe_le=COLLECTIF)


def test_deux_ans_d_attente_apres_un_contrat_collectif_sauf_pour_la_caisse(ici: Cabinets) -> None:
    groupe = _societe(ici, ici.un)
    ici.geste(groupe, "signer", signe_le=COLLECTIF)
    ici.geste(
        groupe,
        "resilier",
        par="medecin",
        lettre_le=date(2026, 5, 1),
        fini_le=date(2026, 7, 1),
        explication="",
    )
    encore = ici.prepare()
    with pytest.raises(GesteImpossible, match="attendre deux ans"):
        ici.geste(encore, "signer", signe_le=date(2026, 9, 1))
    ici.geste(encore, "signer", ici.carole, signe_le=date(2026, 9, 1))
    assert encore.etat == EtatDeContrat.SIGNE
