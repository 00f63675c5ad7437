"""What happens to a contract, and what may not be said of it: what is refused, by its reason, and what a mistake leaves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.utils import timezone

from binome.contrats_d_aide.models import (
    EvenementDeContrat,
    HorlogeDeContrat,
    PosteDuContrat,
    ReleveDActivite,
    VersementAttendu,
)
from binome.gestes.refus import GesteImpossible
from tests.contrats_d_aide.cabinets import SIGNE, Cabinets, deux_medecins

if TYPE_CHECKING:
    from binome.contrats_d_aide.models import Contrat

pytestmark = pytest.mark.django_db
JOUR: Final = date(2025, 3, 1)
APRES: Final = timedelta(days=40)


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


def _poste(contrat: Contrat) -> PosteDuContrat:
    return PosteDuContrat.objects.get(contrat=contrat, genre="assistant")


def _rectifier(ici: Cabinets, contrat: Contrat, nature: str) -> None:
    faux = EvenementDeContrat.objects.get(contrat=contrat, nature=nature, annule_par=None)
    ici.geste(contrat, "noter", nature="rectification", du=faux.du, annule=faux)


@pytest.mark.parametrize(
    ("nature", "geste", "donnees"),
    [
        ("recrutement", "", {}),
        ("suspension", "suspendre", {"du": JOUR}),
        ("avenant", "amender", {"du": JOUR, "option": "un", "etp": None}),
    ],
)
def test_ce_qu_un_geste_a_fait_ne_se_rectifie_pas(
    ici: Cabinets, nature: str, geste: str, donnees: dict[str, Any]
) -> None:
    contrat = ici.en_cours()
    if geste:
        ici.geste(contrat, geste, **donnees)
    with pytest.raises(GesteImpossible, match="ne se rectifie pas"):
        _rectifier(ici, contrat, nature)


def test_une_rectification_ne_se_rectifie_pas(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(contrat, "noter", nature="vacance", du=JOUR)
    _rectifier(ici, contrat, "vacance")
    with pytest.raises(GesteImpossible, match="ne se rectifie pas"):
        _rectifier(ici, contrat, "rectification")


def test_une_qualification_rectifiee_quitte_le_poste_et_son_echeance_revient(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    poste = _poste(contrat)
    for jour in (date(2025, 2, 1), JOUR):
        ici.geste(contrat, "noter", nature="qualification", du=jour, poste=poste)
    faux = EvenementDeContrat.objects.get(contrat=contrat, du=JOUR)
    ici.geste(contrat, "noter", nature="rectification", du=JOUR, annule=faux)
    poste.refresh_from_db()
    assert (poste.qualifiee_le, poste.qualification) == (date(2025, 2, 1), "qualifiee")
    _rectifier(ici, contrat, "qualification")
    poste.refresh_from_db()
    assert (poste.qualifiee_le, poste.qualification) == (None, "")
    etats = HorlogeDeContrat.objects.filter(contrat=contrat, code="qualification")
    assert list(etats.values_list("etat", flat=True)) == ["a_venir"]


def test_un_secretariat_rectifie_est_a_remplacer_de_nouveau(ici: Cabinets) -> None:
    contrat = ici.signe()
    ici.geste(contrat, "poser", genre="assistant", nom="Exemple", part=5_000, du=SIGNE, promue=True)
    secretariat = PosteDuContrat.objects.get(contrat=contrat, genre="secretaire_a_remplacer")
    ici.geste(contrat, "noter", nature="secretariat", du=JOUR, poste=secretariat)
    _rectifier(ici, contrat, "secretariat")
    secretariat.refresh_from_db()
    assert (secretariat.pourvu_le, secretariat.pourvu_par) == (None, "")


@pytest.mark.parametrize("nature", ["qualification", "afgsu", "versement"])
def test_ce_qui_est_fait_se_dit_une_fois_fait(ici: Cabinets, nature: str) -> None:
    contrat = ici.en_cours()
    with pytest.raises(GesteImpossible, match="pas encore venu"):
        ici.geste(
            contrat, "noter", nature=nature, du=timezone.localdate() + APRES, code="1.1",
            poste=_poste(contrat),
        )  # fmt: skip


def test_un_versement_se_dit_une_fois_et_parmi_ceux_qui_sont_attendus(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    with pytest.raises(GesteImpossible, match="un seul versement"):
        ici.geste(contrat, "noter", nature="versement", du=JOUR, code="1.2", montant_cents=1)
    with pytest.raises(GesteImpossible, match="2 versements"):
        ici.geste(contrat, "noter", nature="versement", du=JOUR, code="3.3", montant_cents=1)
    ici.geste(contrat, "noter", nature="versement", du=JOUR, code="1.1", montant_cents=1_900_000)
    with pytest.raises(GesteImpossible, match="déjà dit, le 1er mars 2025"):
        ici.geste(contrat, "noter", nature="versement", du=JOUR, code="1.1", montant_cents=1)
    _rectifier(ici, contrat, "versement")
    ici.geste(contrat, "noter", nature="versement", du=JOUR, code="1.1", montant_cents=1_800_000)
    paye = VersementAttendu.objects.get(contrat=contrat, rang=1, numero=1)
    assert (paye.paye_le, paye.paye_cents) == (JOUR, 1_800_000)


def test_ou_aucune_source_ne_dit_en_combien_de_fois_tout_versement_se_dit(ici: Cabinets) -> None:
    contrat = ici.en_cours(le=date(2022, 9, 1))
    ici.geste(contrat, "noter", nature="versement", du=JOUR, code="2.2", montant_cents=1)
    assert EvenementDeContrat.objects.filter(contrat=contrat, code="2.2").exists()


def test_une_echeance_tenue_est_une_de_celles_du_contrat_et_n_est_plus_reclamee(
    ici: Cabinets,
) -> None:
    contrat = ici.en_cours()
    for code in ("inconnue", "renouvellement.4", ""):
        with pytest.raises(GesteImpossible, match="plus à tenir"):
            ici.geste(contrat, "noter", nature="fait", du=JOUR, code=code)
    ici.geste(contrat, "noter", nature="fait", du=JOUR, code="renouvellement")
    horloge = HorlogeDeContrat.objects.get(contrat=contrat, code="renouvellement")
    assert horloge.etat == "faite"
    assert horloge.preuve is not None
    with pytest.raises(GesteImpossible, match="plus à tenir"):
        ici.geste(contrat, "noter", nature="fait", du=JOUR, code="renouvellement")


def test_une_suspension_ne_croise_pas_la_precedente(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(contrat, "suspendre", du=JOUR)
    ici.geste(contrat, "reprendre", du=date(2025, 6, 1))
    with pytest.raises(GesteImpossible, match="a repris le 1er juin 2025"):
        ici.geste(contrat, "suspendre", du=date(2025, 5, 31))
    ici.geste(contrat, "suspendre", du=date(2025, 6, 1))


def test_un_avenant_ne_vient_pas_avant_celui_qui_vaut(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(contrat, "amender", du=JOUR, option="un", etp=None)
    with pytest.raises(GesteImpossible, match="depuis le 1er mars 2025"):
        ici.geste(contrat, "amender", du=date(2025, 2, 28), option="demi", etp=None)


def test_un_poste_ne_commence_pas_apres_le_terme(ici: Cabinets) -> None:
    contrat = ici.signe(le=date(2019, 9, 2))
    ici.geste(contrat, "poser", genre="assistant", nom="Exemple", part=5_000, du=date(2019, 9, 2))
    with pytest.raises(GesteImpossible, match="à son terme le 1er septembre 2024"):
        ici.geste(contrat, "commencer", le=date(2024, 9, 2))


@pytest.mark.parametrize("genre", ["assistant", "tuteur"])
def test_une_personne_n_est_pas_deux_fois_dans_un_contrat(ici: Cabinets, genre: str) -> None:
    contrat = ici.signe()
    part = 2_000 if genre == "assistant" else 0
    ici.geste(contrat, "poser", genre=genre, emploi=ici.emploi, part=part, du=SIGNE)
    with pytest.raises(GesteImpossible, match="déjà dans ce contrat"):
        ici.geste(contrat, "poser", genre=genre, emploi=ici.emploi, part=part, du=SIGNE)


def test_une_qualification_a_venir_ne_s_ecrit_pas_avec_la_personne(ici: Cabinets) -> None:
    with pytest.raises(GesteImpossible, match="pas encore venu"):
        ici.geste(
            ici.signe(), "poser", genre="assistant", nom="Exemple", part=5_000, du=SIGNE,
            qualifiee_le=timezone.localdate() + APRES,
        )  # fmt: skip


def test_un_releve_se_corrige_et_ne_se_dit_pas_d_avance(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    ici.geste(contrat, "relever", jour=JOUR, mt=11, fa=1_500)
    ici.geste(contrat, "relever", jour=JOUR, mt=1_100)
    releve = ReleveDActivite.objects.get(contrat=contrat)
    assert (releve.mt, releve.fa) == (1_100, 1_500)
    with pytest.raises(GesteImpossible, match="pas encore venu"):
        ici.geste(contrat, "relever", jour=timezone.localdate() + APRES, mt=1)
