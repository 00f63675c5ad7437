"""What is proposed for each bloc from what is written, and played again years later."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.epreuves.accorder import accorder, donner_un_avis, noter_l_afgsu
from binome.epreuves.blocs_proposes import (
    Instantane,
    afgsu_jusqu_a,
    instantanes_de,
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
from binome.gestes.services import faire, naitre
from binome.parcours.flows import FLUX
from binome.parcours.models import ModuleSuivi, Parcours
from binome.presences.recevoir import recevoir
from binome.sessions.flows import CRENEAUX
from tests.dossiers.monde import Monde, personne, suivi_par
from tests.epreuves.monde import Examen, epreuve, examen, grille, prevue, rendre
from tests.jurys.vie import parcours_ouvert
from tests.presences.suivi import inscrire, poser, recue

if TYPE_CHECKING:
    import pytest
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


def vivre(un: Examen, *blocs: int) -> None:
    """A half-day counter-signed, épreuves judged, what the tutor says, an AFGSU and a waiver."""
    creneau = poser(un.session, un.monde)
    recevoir(un.bob, creneau, [recue(un.parcours)], maintenant=timezone.now())
    creneau.refresh_from_db()
    faire(CRENEAUX, "geler", creneau, un.bob, version=creneau.version)
    for bloc in blocs:
        tout_passer(un, bloc)
        donner_un_avis(un.parcours, bloc, "acquis", "", un.binome.tutrice)
    noter_l_afgsu(un.parcours, date(2025, 1, 10 + len(blocs)), "CESU d’exemple", un.alice)
    accorder(un.parcours, {"mesure": "dispense", "epreuve": "B3E2"}, Acteur(un.monde.ana))


def test_plusieurs_ensemble_ou_chacun_seul_c_est_la_meme_reponse(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    un = examen(monde)
    vivre(un, 1, 3)
    faire(FLUX, "transferer", un.parcours, un.alice, version=1, donnees={"vers": "Organisme C"})
    suite = Parcours.objects.get(suite_de=un.parcours)
    noter_l_afgsu(suite, date(2026, 3, 2), "CESU d’exemple", Acteur(monde.charlie))
    avant = Parcours.objects.get(pk=un.parcours.pk)
    neuf = parcours_ouvert(monde)
    tous = [neuf, suite, avant]
    ensemble = instantanes_de(tous, JURY)
    seuls = {un.pk: instantanes_du_parcours(Parcours.objects.get(pk=un.pk), JURY) for un in tous}
    assert json.dumps(_en_json(ensemble)) == json.dumps(_en_json(seuls))
    monkeypatch.setattr("binome.epreuves.blocs_proposes.ENSEMBLE", 2)
    assert instantanes_de(tous, JURY) == ensemble, "lus par deux"
    assert [ensemble[un.pk][1].faits.minutes_suivies for un in tous] == [0, 210, 210]
    assert [len(ensemble[un.pk][1].grilles) for un in tous] == [0, 4, 4]
    assert [ensemble[un.pk][4].faits.afgsu_jusqu_a for un in tous] == [
        None, date(2030, 3, 2), date(2029, 1, 12),
    ]  # fmt: skip


def _en_json(lus: dict[int, dict[int, Instantane]]) -> dict[int, dict[int, object]]:
    return {pk: {bloc: un.en_json() for bloc, un in siens.items()} for pk, siens in lus.items()}


def test_les_lectures_ne_suivent_pas_le_nombre_de_parcours(monde: Monde) -> None:
    un = examen(monde)
    vivre(un, 1)
    second = parcours_ouvert(monde)
    suivi_par(second.dossier, un.binome.cabinet)
    inscrire(un.session, second, monde)
    autre = replace(un, binome=replace(un.binome, parcours=second))
    vivre(autre, 1, 3)

    def lectures(*numeros: int) -> int:
        lus = list(Parcours.objects.filter(pk__in=numeros).order_by("pk"))
        with CaptureQueriesContext(connection) as faites:
            assert len(instantanes_de(lus, JURY)) == len(numeros)
        return len(faites)

    assert lectures(un.parcours.pk, second.pk) == lectures(un.parcours.pk) <= 14
