"""The simulator, the dossier's page and the sealed letter tell the same reasons of one decision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from binome.impression.lettre import Lettre, contenu_de_la_lettre
from binome.regles.courante import base_courante
from binome.regles.grille import grille
from binome.regles.metiers.annonce import raisons
from binome.regles.metiers.positionnement import positionner
from binome.regles.metiers.raisons import est_utile
from binome.regles.metiers.reponse import annoncer
from tests.impression.dossiers import DOSSIERS, repondre

if TYPE_CHECKING:
    from binome.regles.metiers.positionnement import Positionnement

SUR_LA_GRILLE = 250


def lettre(reponse: Positionnement) -> Lettre:
    return Lettre(
        reference="AM-2026-0001",
        personne="Une personne",
        naissance="",
        organisme="Un organisme",
        employeur="",
        decideur="La branche",
        nature="accorde",
        reponse=reponse.en_json(),
        empreinte=reponse.base.empreinte,
        faits={},
        reserve="",
        ecart="",
        le=date(2026, 1, 15),
        adresse="https://exemple.test/",
        tranches={},
        demonstration=False,
    )


def verifier(reponse: Positionnement) -> None:
    dites = [un.texte for un in raisons(reponse)]
    page = annoncer(reponse.en_json(), base_courante())
    papier = contenu_de_la_lettre(lettre(reponse), base_courante())
    assert [une.texte for une in page.raisons] == dites
    assert [une["texte"] for une in papier["raisons"]] == dites


@pytest.mark.parametrize("objet", DOSSIERS.values(), ids=DOSSIERS)
def test_les_trois_disent_les_memes_raisons(objet: Any) -> None:
    verifier(repondre(objet))


@pytest.mark.parametrize("une_sur", [5, pytest.param(1, marks=pytest.mark.long(5))])
def test_les_trois_s_accordent_sur_la_grille(une_sur: int) -> None:
    base = base_courante()
    tous = list(grille(base))
    for dossier in tous[:: len(tous) // SUR_LA_GRILLE * une_sur]:
        verifier(positionner(base, dossier))


def test_une_regle_oubliee_de_la_base_se_dit_quand_elle_a_repondu() -> None:
    base = base_courante()
    dites = [
        un for un in ("oui", "non", "sans_objet", "indetermine") if est_utile(base, "x", un, "cqp")
    ]
    assert dites == ["oui", "non"]


def test_ce_qui_informe_n_est_ni_accorde_ni_refuse() -> None:
    reponse = repondre({"date_entree": "2026-01-15", "diplomes": [], "niveau_diplome": 4})
    sens = {une.regle: une.sens for une in annoncer(reponse.en_json(), base_courante()).raisons}
    assert sens["voie.cqp"] == "oui"
    informent = [
        nom
        for nom in sens
        if base_courante().tables[base_courante().regles[nom].table].role == "informe"
    ]
    assert informent
    assert {sens[nom] for nom in informent} == {"info"}
