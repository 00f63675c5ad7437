"""Whatever SQL changes in a table that the journal tells of is named; what the services did is not."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from binome.branches.services import ecrire_les_textes
from binome.bureau import decisions
from binome.bureau.filtres import FiltreDeDossiers
from binome.bureau.vues_gardees import garder
from binome.cli.erreurs import TravailImpossible
from binome.cli.journal import commande
from binome.comptes import lignes as de_comptes
from binome.comptes import services as comptes
from binome.comptes.acteur import Acteur
from binome.comptes.models import AdresseQuittee, Appartenance, Identite
from binome.conservation.cloture import clore_le_compte
from binome.contrats_d_aide import declarations as de_contrats
from binome.diagnostic.reconciliation import SAUT, TablesChangees, differences, veiller
from binome.dossiers import lignes as de_dossiers
from binome.dossiers import services
from binome.dossiers.effacement import anonymiser
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Dossier, Fait
from binome.dossiers.receptions import Import
from binome.dossiers.rejoues import Rejeu
from binome.emplois import lignes as de_emplois
from binome.emplois.services import adherer, dire_l_emploi, salarie_de
from binome.factures import declarations as de_factures
from binome.gestes.services import faire
from binome.journal.inventaire import inventorier
from binome.journal.models import Entree
from binome.journal.reconciliation import AUTRE, DE_TROP, MANQUE, SANS_CLE, SANS_ENTREE
from binome.journal.reconciliation import differences as des_lignes
from binome.journal.services import oublier
from binome.journal.tables import TableSuivie, table_de, tables
from binome.lettres import de_suite
from binome.lettres.lettre import sceller
from binome.lettres.notification import notifier
from binome.messagerie.models import Cote
from binome.messagerie.services import ecrire_un_mot, garder_un_modele
from binome.parcours import lignes as de_parcours
from binome.pieces.services import mettre_en_quarantaine
from binome.titres import declarations as de_titres
from tests.contrats_d_aide.vie import vivre_les_contrats
from tests.dossiers.monde import (
    Monde,
    brouillon,
    depose,
    dire,
    entourage,
    propose,
    prouve,
    trancher_tout,
)
from tests.epreuves.vie import vivre_les_epreuves
from tests.exemples.jeu import jouer
from tests.factures.monde import vivre_les_factures
from tests.jurys.vie import vivre_les_jurys
from tests.livret.vie import vivre_le_livret
from tests.passeport.vie import vivre_le_passeport
from tests.presences.vie import suivre_un_creneau
from tests.prises_en_charge.monde import vivre_les_prises_en_charge
from tests.reseau.vie import vivre_le_reseau
from tests.sessions.vie import un_parcours
from tests.titres.vie import vivre_le_jury_et_le_titre

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django import Settings

    from binome.journal.reconciliation import Divergence


def sql(ordre: str, *valeurs: str | float | date | None) -> None:
    with connection.cursor() as curseur:
        curseur.execute(ordre, valeurs)


def vues(trouvees: list[Divergence] | None = None) -> list[tuple[str, str, str]]:
    lues = list(differences()) if trouvees is None else trouvees
    return [(une.table, une.colonne, une.raison) for une in lues]


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("taille", [12, pytest.param(60, marks=pytest.mark.long(6))])
def test_le_jeu_d_exemple_est_tel_que_le_journal_le_dit(
    settings: Settings, tmp_path: Path, taille: int
) -> None:
    jouer(settings, tmp_path / "fichiers", taille)
    assert list(differences()) == []


def _recule(dossier: Dossier) -> Decision:
    """Its decision, past the hour in which it may be undone; the journal is told of the new date."""
    Decision.objects.filter(dossier=dossier).update(notifiable_des=timezone.now())
    decision = Decision.objects.get(dossier=dossier)
    dire(dossier.objet, decision)
    return decision


def _vivre(monde: Monde) -> Dossier:
    """One row at least in every table that the journal tells of, written by the services."""
    alice, emma = Acteur(monde.alice), Acteur(monde.emma)
    trancher_tout(monde, propose(monde))
    confirme = propose(monde)
    assert decisions.confirmer(emma, {confirme.reference: confirme.version}).confirmation
    dossier = propose(monde)
    decisions.decider(dossier, emma, version=dossier.version)
    _recule(dossier)
    sceller()
    notifier()
    dossier.refresh_from_db()
    decisions.contester(dossier, Acteur(monde.lea), version=dossier.version, texte="Je conteste.")
    dossier.refresh_from_db()
    decisions.repondre(
        dossier, Acteur(monde.ana), version=dossier.version, revue=False, reponse="Elle est juste."
    )
    assert de_suite.sceller() == 1
    joint = brouillon(monde, experience_secretaire_mois=1)
    mettre_en_quarantaine(joint, b"suspect", "virus", alice)
    comptes.inviter("nina@exemple.fr", alice, organisation=monde.organisme, role="formateur")
    identite = Identite.objects.create(personne=monde.bob, emetteur="https://pc.example", sub="s")
    dire(monde.bob.sujet, identite)
    dire(
        monde.bob.sujet, AdresseQuittee.objects.create(personne=monde.bob, courriel="a@exemple.fr")
    )
    qui = entourage(monde, joint)
    dire(joint.objet, Dossier.objects.get(pk=joint.pk))
    for autre in Dossier.objects.filter(organisme=monde.autre):
        dire(autre.objet, autre)
    assert qui["soutien"]
    assert qui["tuteur"]
    comptes.regarder(qui["soutien"], qui["tuteur"], "Ne trouve pas sa page.")
    importation = Import.objects.create(
        organisme=monde.organisme, par=monde.alice, lignes=1, empreinte="0" * 64
    )
    dire(f"import:{importation.pk}", importation)
    rejeu = Rejeu.objects.create(
        candidate="x", base_avant="a", base_apres="b", lus=1, changent=0, bilan={}, lignes=b"1",
        par=monde.emma, le=timezone.now(),
    )  # fmt: skip
    dire(f"rejeu:{rejeu.pk}", rejeu)
    cabinet = comptes.creer_organisation("cabinet", "Cabinet d’un groupement", exemple=True)
    groupement = comptes.creer_organisation("groupement", "Groupement d’exemple", exemple=True)
    adherer(groupement, cabinet, date(2026, 1, 15), auteur="exploitation")
    dire_l_emploi(salarie_de(monde.lea, auteur="exploitation"), groupement, auteur="exploitation")
    ecrire_un_mot(confirme, emma, "Une question.", cote=Cote.BRANCHE)
    garder(emma, "Les récents", FiltreDeDossiers(tri="recent"), partagee=False)
    garder_un_modele(monde.branche, emma, "Contrat", "Il manque le contrat.")
    ecrire_les_textes(monde.branche, Acteur(monde.ana), {"contact": "Par courrier."}, 60)
    suivre_un_creneau(monde)
    vivre_le_reseau(monde)
    vivre_le_livret(monde)
    vivre_les_epreuves(monde)
    vivre_le_passeport(monde, vivre_le_jury_et_le_titre(monde))
    vivre_les_jurys(monde)
    vivre_les_factures(vivre_les_prises_en_charge(monde, un_parcours(monde)))
    vivre_les_contrats()
    proche = propose(monde)
    faire(FLUX, "se_deporter", proche, Acteur(monde.ana), version=proche.version)
    return dossier


def _autre(champ: Any, valeur: Any) -> Any:
    """Another value, as raw SQL writes it."""
    if isinstance(champ, models.BooleanField):
        return not valeur
    if isinstance(champ, models.DateTimeField):
        return (valeur or timezone.now()).replace(microsecond=123456)
    if isinstance(champ, models.DateField):
        return date(1999, 12, 31)
    if isinstance(champ, models.JSONField):
        return '{"change": 1}'
    if isinstance(champ, models.BinaryField):
        return b"change"
    if isinstance(champ, models.UUIDField):
        return uuid.uuid4().hex
    if isinstance(champ, models.IntegerField | models.ForeignKey):
        return (valeur or 0) + 1000
    return f"{valeur}x"[-champ.max_length :] if champ.max_length else f"{valeur}x"


@pytest.fixture
def _contraintes_muettes(db: None) -> Iterator[None]:
    """The connection is the next test's too: it refuses again, whatever happens here."""
    sql("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        sql("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.sqlite
@pytest.mark.usefixtures("_contraintes_muettes")
@pytest.mark.parametrize("pas", [17, pytest.param(1, marks=pytest.mark.long(10))])
def test_chaque_colonne_de_chaque_table_changee_en_sql_est_nommee(monde: Monde, pas: int) -> None:
    """On SQLite, whose constraints can be silenced: whoever writes in SQL may choose values that hold.

    One column of every table is changed at a time; the quick test tries one time in seventeen.
    """
    _vivre(monde)
    assert list(differences()) == []
    premieres = [
        (table, table.modele._default_manager.order_by("pk").first()) for table in _de_la_maison()
    ]
    assert [table.nom for table, ligne in premieres if ligne is None] == []
    essayees = 0
    for rang in range(0, max(len(table.colonnes) for table, _ in premieres), pas):
        changees: list[tuple[TableSuivie, Any, str]] = [
            (table, ligne, table.colonnes[rang])
            for table, ligne in premieres
            if rang < len(table.colonnes)
        ]
        with connection.constraint_checks_disabled():
            for _, ligne, colonne in changees:
                champ: Any = next(c for c in ligne._meta.concrete_fields if c.attname == colonne)
                ordre = f"UPDATE {ligne._meta.db_table} SET {champ.column} = %s WHERE id = %s"  # noqa: S608
                sql(ordre, _autre(champ, getattr(ligne, colonne)), ligne.pk)
            trouvees = {(une.table, une.cle, une.colonne) for une in des_lignes()}
            for table, ligne, colonne in changees:
                # A row whose dossier is no longer there is named as a whole.
                nommee = {(table.nom, str(ligne.pk), une) for une in (colonne, "id")}
                assert trouvees & nommee, (table.nom, colonne)
                table.modele._default_manager.filter(pk=ligne.pk).update(
                    **{colonne: getattr(ligne, colonne)}
                )
        essayees += len(changees)
    assert essayees > 400 // pas
    assert list(differences()) == []


def _de_la_maison() -> list[TableSuivie]:
    return [une for une in tables() if une.modele.__module__.startswith("binome.")]


@pytest.mark.postgresql
def test_une_ligne_ajoutee_ou_supprimee_en_sql_est_nommee(monde: Monde) -> None:
    propose(monde)
    assert list(differences()) == []
    Dossier.objects.create(reference="BM-INCONNU", organisme=monde.organisme)
    role = Appartenance.objects.create(
        personne=monde.lea, organisation=monde.branche, role="examinateur"
    )
    assert vues() == [
        ("comptes.appartenance", "id", SANS_ENTREE),
        ("dossiers.dossier", "id", SANS_ENTREE),
    ]
    sql("DELETE FROM dossiers_dossier WHERE reference = 'BM-INCONNU'")
    sql("DELETE FROM comptes_appartenance WHERE id = %s", role.pk)
    sql("DELETE FROM comptes_appartenance WHERE personne_id = %s", monde.bob.pk)
    assert vues() == [("comptes.appartenance", "id", MANQUE)]


def test_une_ligne_supprimee_par_un_geste_qui_revient_est_nommee(monde: Monde) -> None:
    dossier = brouillon(monde)
    ote = Fait.objects.get(dossier=dossier, nom="contrat")
    services.declarer(dossier, {"contrat": None}, Acteur(monde.alice), version=dossier.version)
    assert list(differences()) == []
    ote.save(force_insert=True)
    assert vues() == [("dossiers.fait", "id", DE_TROP)]


def test_un_etat_change_entre_deux_gestes_est_nomme_apres_eux(monde: Monde) -> None:
    dossier = depose(monde)
    sql("UPDATE dossiers_dossier SET etat = 'brouillon' WHERE id = %s", dossier.pk)
    assert vues() == [("dossiers.dossier", "etat", AUTRE)]
    dossier.refresh_from_db()
    services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    assert vues() == [("dossiers.dossier", "etat", SAUT)]


def test_un_geste_ne_couvre_pas_ce_que_sql_a_change_dans_une_autre_colonne(monde: Monde) -> None:
    dossier = depose(monde)
    sql("UPDATE dossiers_dossier SET nom = 'Autre' WHERE id = %s", dossier.pk)
    dossier.refresh_from_db()
    services.retirer(dossier, Acteur(monde.alice), version=dossier.version, motif="Non.")
    assert vues() == [("dossiers.dossier", "nom", AUTRE)]


def test_ce_qui_est_efface_se_confronte_encore_et_sans_sa_cle(
    monde: Monde, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    dossier = prouve(monde)
    dossier.refresh_from_db()
    services.retirer(dossier, Acteur(monde.alice), version=dossier.version, motif="Je renonce.")
    with django_capture_on_commit_callbacks(execute=True):
        anonymiser(dossier.pk, auteur="systeme", motif="Durée atteinte")
        clore_le_compte(monde.lea, auteur="systeme", motif="Demandé")
    assert list(differences()) == []
    sql(
        "UPDATE dossiers_fait SET valeur = '1' WHERE dossier_id = %s AND nom = 'contrat'",
        dossier.pk,
    )
    assert set(vues()) == {("dossiers.fait", "valeur", AUTRE)}


def test_une_cle_detruite_sans_que_la_ligne_soit_dite_a_nouveau_est_nommee(
    monde: Monde, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        oublier(monde.lea.sujet, auteur="systeme", motif="Seul")
    assert {raison for _, _, raison in vues()} == {SANS_CLE}


def test_l_inventaire_dit_ce_qui_etait_la_une_fois(monde: Monde) -> None:
    dossier = propose(monde)
    Dossier.objects.create(reference="BM-ANCIEN", organisme=monde.organisme)
    assert len(vues()) == 1
    assert inventorier(auteur="systeme") == 1
    assert vues() == []
    assert inventorier(auteur="systeme") == 0
    sql("UPDATE dossiers_dossier SET etat = 'retire' WHERE reference = 'BM-ANCIEN'")
    sql("UPDATE dossiers_dossier SET session = 'x' WHERE id = %s", dossier.pk)
    assert set(vues()) == {
        ("dossiers.dossier", "etat", AUTRE),
        ("dossiers.dossier", "session", AUTRE),
    }


def test_la_commande_dit_quoi_faire_de_ce_qui_differe(monde: Monde) -> None:
    assert CliRunner().invoke(commande, ["reconcilier"]).exit_code == 0
    Dossier.objects.create(reference="BM-ANCIEN", organisme=monde.organisme)
    refus = CliRunner().invoke(commande, ["reconcilier"]).exception
    assert isinstance(refus, TravailImpossible)
    assert "Différences entre la base et le journal : 1." in str(refus)
    assert "Si vous venez d’installer une version" in str(refus)
    assert "binome journal inventorier --oui" in str(refus)


def test_toute_table_de_la_maison_est_dite_ou_laissee_pour_une_raison() -> None:
    dites = {une.modele for une in tables()}
    laissees: dict[type[models.Model], str] = {
        **de_comptes.HORS_DU_JOURNAL, **de_emplois.HORS_DU_JOURNAL, **de_dossiers.HORS_DU_JOURNAL,
        **de_parcours.HORS_DU_JOURNAL, **de_titres.HORS_DU_JOURNAL, **de_factures.HORS_DU_JOURNAL,
        **de_contrats.HORS_DU_JOURNAL,
    }  # fmt: skip
    for application in (
        "comptes", "emplois", "dossiers", "parcours", "reseau", "sessions_de_formation", "presences",
        "livret", "epreuves", "titres", "passeport", "contrats_d_aide",
    ):  # fmt: skip
        for modele in apps.get_app_config(application).get_models():
            assert (modele in dites) != (modele in laissees), modele
    assert all(laissees.values())
    assert all(raison for une in tables() for raison in une.sauf.values())
    # A column left out exists: one that is renamed must not be forgotten.
    for une in tables():
        assert une.sauf.keys() <= {c.name for c in une.modele._meta.concrete_fields}, une.nom


def test_une_ligne_d_un_autre_objet_est_refusee(monde: Monde) -> None:
    un, autre = brouillon(monde), brouillon(monde)
    with pytest.raises(ValueError, match="une ligne de"):
        dire(un.objet, autre)
    with pytest.raises(KeyError):
        table_de(Entree)


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
