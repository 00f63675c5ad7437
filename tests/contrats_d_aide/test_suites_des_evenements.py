"""Event by event: what the rules of the day of the signature say of it, with their source, and what no source says."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from binome.contrats_d_aide.etats import GenreDeContrat
from binome.contrats_d_aide.etats import NatureDEvenement as Nature
from binome.contrats_d_aide.suites_des_evenements import FIN, SANS_SUITE, SUITES, suite_dite
from binome.regles.courante import base_courante

INDIVIDUEL: Final = GenreDeContrat.INDIVIDUEL
AVENANT_7, RA, CONVENTION = date(2021, 3, 1), date(2023, 9, 1), date(2025, 1, 6)


def _dite(nature: str, le: date = CONVENTION, genre: str = INDIVIDUEL) -> str:
    lue = suite_dite(base_courante(), nature, le, genre)
    assert lue is not None
    return " ".join((lue.effet, *lue.regles, *lue.sources, lue.inconnu))


def test_chaque_evenement_a_sa_suite_ou_n_en_a_pas() -> None:
    assert set(SUITES) - {FIN} | set(SANS_SUITE) == set(Nature)
    connues = base_courante().entiere.regles
    for une in SUITES.values():
        assert all(nom in connues for nom in une.regles)
    assert suite_dite(base_courante(), Nature.VERSEMENT, CONVENTION, INDIVIDUEL) is None


@pytest.mark.parametrize(
    ("nature", "le", "dits"),
    [
        (Nature.ABSENCE, CONVENTION, ("continuent", "moins de deux mois", "trois mois", "URPS")),
        (Nature.SUSPENSION, CONVENTION, ("s’arrêtent", "trois mois", "les deux lectures", "URPS")),
        (
            Nature.REPRISE,
            AVENANT_7,
            ("reprennent", "au retour, ou au recrutement", "les deux lectures"),
        ),
        (Nature.REMPLACEMENT, RA, ("continuent", "nouveau contrat de travail à la CPAM")),
        (Nature.DEMENAGEMENT, CONVENTION, ("Un autre contrat", "première installation")),
        (Nature.SPECIALITE, RA, ("Un autre contrat", "change de spécialité")),
        (Nature.RECRUTEMENT, AVENANT_7, ("70 %", "quinze jours")),
        (Nature.RECRUTEMENT, RA, ("dans le mois du contrat", "deux moitiés")),
        (Nature.SECRETARIAT, AVENANT_7, ("six mois", "le même temps")),
        (Nature.SECRETARIAT, CONVENTION, ("six mois", "téléphonique suffit")),
        (FIN, CONVENTION, ("s’arrêtent", "deux mois de préavis", "sommes déjà versées")),
        (FIN, AVENANT_7, ("Nous ne savons pas",)),
        (Nature.AVENANT, AVENANT_7, ("garde ses règles", "Nous ne savons pas")),
        (Nature.AVENANT, CONVENTION, ("Nous ne savons pas",)),
        (Nature.VACANCE, CONVENTION, ("Nous ne savons pas", "recrutement")),
    ],
)
def test_ce_que_fait_un_evenement(nature: str, le: date, dits: tuple[str, ...]) -> None:
    lue = _dite(nature, le)
    for dit in dits:
        assert dit in lue, dit


def test_un_contrat_collectif_a_ses_regles() -> None:
    le = date(2026, 3, 2)
    assert "deux ans d’attente" in _dite(FIN, le, GenreDeContrat.COLLECTIF)
    assert "deux ans d’attente" not in _dite(FIN, le)
    assert "continuent" in _dite(Nature.ENTREE, le, GenreDeContrat.COLLECTIF)
