"""What is proposed for each bloc from what is written, and played again years later."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.epreuves.accorder import accorder, donner_un_avis, noter_l_afgsu
from binome.epreuves.blocs_proposes import (
    afgsu_jusqu_a,
    instantanes_du_parcours,
    proposition_du_bloc,
    propositions_du_parcours,
    rejouer,
)
from binome.epreuves.etats import Verdict
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Passation
from binome.epreuves.programme import blocs_a_evaluer
from binome.epreuves.propositions import IssueProposee
from binome.gestes.services import naitre
from binome.parcours.models import ModuleSuivi
from tests.dossiers.monde import Monde, personne
from tests.epreuves.monde import Examen, epreuve, examen, grille, prevue, rendre

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

JURY = date(2027, 6, 15)


def tout_passer(un: Examen, bloc: int, verdict: Verdict = Verdict.ACQUIS) -> None:
    """Each épreuve of a bloc, judged by Bob."""
    for une in blocs_a_evaluer("assistant-medical", "rncp40913")[bloc].jugees:
        passation = Passation(
            parcours=un.parcours, bloc=bloc, epreuve=une.code, parties=list(une.parties),
            evaluateur=un.monde.bob, prevue_le=timezone.now(),
        )  # fmt: skip
        naitre(PASSATIONS, "prevoir", [passation], un.alice)
        assert rendre(un.bob, grille(passation, verdict))[0].issue == "recue"


def sans_heures(un: Examen) -> None:
    """Nothing is left to follow."""
    ModuleSuivi.objects.filter(parcours=un.parcours).update(statut="dispense")


def test_rien_n_est_ecrit_tout_manque(monde: Monde) -> None:
    un = examen(monde)
    proposees = propositions_du_parcours(un.parcours, JURY)
    assert list(proposees) == [1, 2, 3, 4]
    assert {une.issue for une in proposees.values()} == {IssueProposee.A_RELIRE}
    assert "L’AFGSU" not in " ".join(proposees[1].manque)
    assert "La date de l’AFGSU n’est pas connue." in proposees[4].manque
    assert "Le tuteur n’a pas donné son avis." in proposees[1].manque


def test_grilles_avis_et_heures_donnent_acquis(monde: Monde) -> None:
    un = examen(monde)
    sans_heures(un)
    tout_passer(un, 1)
    assert proposition_du_bloc(un.parcours, 1, JURY).manque == (
        "Le tuteur n’a pas donné son avis.",
    )
    donner_un_avis(un.parcours, 1, "acquis", "À l’aise.", un.binome.tutrice)
    assert proposition_du_bloc(un.parcours, 1, JURY).issue == IssueProposee.ACQUIS
    donner_un_avis(un.parcours, 1, "non_acquis", "", un.binome.tutrice)
    assert proposition_du_bloc(un.parcours, 1, JURY).issue == IssueProposee.A_RELIRE


def test_les_heures_qui_restent_se_disent(monde: Monde) -> None:
    un = examen(monde)
    tout_passer(un, 1)
    donner_un_avis(un.parcours, 1, "acquis", "", un.binome.tutrice)
    (manque,) = proposition_du_bloc(un.parcours, 1, JURY).manque
    assert "formation à prouver" in manque or "durée à suivre" in manque


def test_la_derniere_tentative_seule_compte(monde: Monde) -> None:
    un = examen(monde)
    sans_heures(un)
    tout_passer(un, 3, Verdict.NON_ACQUIS)
    donner_un_avis(un.parcours, 3, "non_acquis", "", un.binome.tutrice)
    assert proposition_du_bloc(un.parcours, 3, JURY).issue == IssueProposee.NON_ACQUIS
    for code in ("B3E1", "B3E2"):
        passation = Passation(
            parcours=un.parcours, bloc=3, epreuve=code, tentative=2, prevue_le=timezone.now(),
            evaluateur=monde.bob,
        )  # fmt: skip
        naitre(PASSATIONS, "prevoir", [passation], un.alice)
        manque = proposition_du_bloc(un.parcours, 3, JURY).manque
        assert f"La grille de l’épreuve {code} n’est pas complète." in manque
        rendre(un.bob, grille(passation))
    donner_un_avis(un.parcours, 3, "acquis", "", un.binome.tutrice)
    assert proposition_du_bloc(un.parcours, 3, JURY).issue == IssueProposee.ACQUIS


def test_l_afgsu_vaut_quatre_ans_par_la_base(monde: Monde) -> None:
    un = examen(monde)
    assert afgsu_jusqu_a("assistant-medical", date(2024, 2, 29)) == date(2028, 2, 29)
    noter_l_afgsu(un.parcours, date(2023, 6, 14), "CESU d’exemple", un.alice)
    perimee = "L’AFGSU n’est plus valable le jour du jury."
    assert perimee in proposition_du_bloc(un.parcours, 4, JURY).manque
    noter_l_afgsu(un.parcours, date(2023, 6, 15), "CESU d’exemple", un.alice)
    assert perimee not in proposition_du_bloc(un.parcours, 4, JURY).manque


def test_une_epreuve_dont_la_branche_dispense_ne_manque_pas(monde: Monde) -> None:
    un = examen(monde)
    nora = personne("nora")
    donner_role(nora, monde.branche, "jury")
    accorder(un.parcours, {"mesure": "dispense", "epreuve": "B3E2"}, Acteur(nora))
    manque = " ".join(proposition_du_bloc(un.parcours, 3, JURY).manque)
    assert "B3E1" in manque
    assert "B3E2" not in manque


def test_ce_qui_est_garde_se_rejoue_a_l_identique(monde: Monde) -> None:
    un = examen(monde)
    sans_heures(un)
    tout_passer(un, 1)
    donner_un_avis(un.parcours, 1, "acquis", "", un.binome.tutrice)
    instantanes = instantanes_du_parcours(un.parcours, JURY)
    gardes = {numero: json.loads(json.dumps(un.en_json())) for numero, un in instantanes.items()}
    donner_un_avis(un.parcours, 1, "non_acquis", "", un.binome.tutrice)
    assert {n: rejouer(un) for n, un in gardes.items()} == {
        n: un.proposition for n, un in instantanes.items()
    }
    assert gardes[1]["base"].startswith("sha256:")
    assert len(gardes[1]["grilles"]) == 4


def test_le_nombre_de_lectures_ne_suit_pas_celui_des_grilles(
    monde: Monde, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    un = examen(monde)
    prevue(un)
    epreuve(un.session, monde, "B1E2")
    for bloc in (2, 3):
        tout_passer(un, bloc)
    with django_assert_max_num_queries(16):
        propositions_du_parcours(un.parcours, JURY)
