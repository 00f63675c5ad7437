"""A state flipped, a dossier or a role made or taken in SQL is named; what the services did is not."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance
from binome.comptes.services import retirer_role
from binome.dossiers import decisions
from binome.dossiers.exemples.ecriture import charger
from binome.dossiers.models import Decision, Dossier
from binome.dossiers.reconciliation import TablesChangees, differences, veiller
from tests.dossiers.monde import Monde, propose, trancher_tout


def sql(ordre: str, *valeurs: int) -> None:
    with connection.cursor() as curseur:
        curseur.execute(ordre, valeurs)


@pytest.mark.django_db
def test_le_jeu_d_exemple_est_tel_que_le_journal_le_dit() -> None:
    charger(60, graine=3, jour=date(2026, 11, 25), mot_de_passe="x")
    assert list(differences()) == []


def test_confirmer_annuler_et_retirer_un_role_se_retrouvent(monde: Monde) -> None:
    trancher_tout(monde, propose(monde))
    dossier = propose(monde)
    emma = Acteur(monde.emma)
    bilan = decisions.confirmer(emma, {dossier.reference: dossier.version})
    assert bilan.confirmation is not None
    assert list(differences()) == []
    decisions.annuler_confirmation(bilan.confirmation, emma)
    retirer_role(Appartenance.objects.get(personne=monde.bob), auteur="systeme")
    assert list(differences()) == []


def test_ce_que_sql_change_est_nomme(monde: Monde) -> None:
    dossier = propose(monde)
    sql("UPDATE dossiers_dossier SET etat = 'retire' WHERE id = %s", dossier.pk)
    (vue,) = differences()
    assert (vue.table, vue.cle, vue.colonne) == ("dossiers.dossier", str(dossier.pk), "etat")
    assert vue.rang
    sql("UPDATE dossiers_dossier SET etat = 'proposition' WHERE id = %s", dossier.pk)
    assert list(differences()) == []
    Dossier.objects.create(reference="BM-INCONNU", organisme=monde.organisme)
    assert [une.raison for une in differences()] == ["aucune entrée ne le dit"]
    sql("DELETE FROM dossiers_dossier WHERE reference = 'BM-INCONNU'")
    sql("UPDATE dossiers_dossier SET reference = 'BM-PERDU' WHERE id = %s", dossier.pk)
    assert [une.raison for une in differences()] == ["aucune entrée ne le dit", "la ligne manque"]


def test_une_decision_retournee_en_sql_est_nommee(monde: Monde) -> None:
    dossier = propose(monde)
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    assert list(differences()) == []
    for colonne, ordre in (
        ("nature", "UPDATE dossiers_decision SET nature = 'refuse' WHERE dossier_id = %s"),
        ("base", "UPDATE dossiers_decision SET base = 'sha256:x' WHERE dossier_id = %s"),
        ("annulee_le", "UPDATE dossiers_decision SET annulee_le = le WHERE dossier_id = %s"),
    ):
        garde = Decision.objects.values_list(colonne, flat=True).get()
        sql(ordre, dossier.pk)
        (vue,) = differences()
        assert (vue.table, vue.colonne) == ("dossiers.decision", colonne)
        assert vue.rang
        Decision.objects.update(**{colonne: garde})
    assert list(differences()) == []


def test_un_role_donne_ou_ote_en_sql_est_nomme(monde: Monde) -> None:
    role = Appartenance.objects.create(
        personne=monde.lea, organisation=monde.branche, role="examinateur"
    )
    (vue,) = differences()
    assert (vue.table, vue.cle, vue.rang) == ("comptes.appartenance", str(role.pk), 0)
    sql("DELETE FROM comptes_appartenance WHERE id = %s", role.pk)
    sql("DELETE FROM comptes_appartenance WHERE personne_id = %s", monde.bob.pk)
    assert [une.raison for une in differences()] == ["la ligne manque"]


def test_le_travail_de_la_nuit_echoue_et_nomme(
    monde: Monde, caplog: pytest.LogCaptureFixture
) -> None:
    dossier = propose(monde)
    assert veiller() == 0
    sql("UPDATE dossiers_dossier SET etat = 'retire' WHERE id = %s", dossier.pk)
    with pytest.raises(TablesChangees, match="1"):
        veiller()
    assert f"dossiers.dossier {dossier.pk}, etat" in caplog.text
    assert "Léa" not in caplog.text
