"""A dossier names its certification and its branch; a branch reads, decides and hears of its own only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from binome.bureau import decisions
from binome.comptes import exploitation
from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.models import Organisation
from binome.comptes.services import ChangementImpossible, creer_organisation, donner_role
from binome.courrier.models import Avis
from binome.dossiers.attribution import branche_de
from binome.dossiers.destinataires import de_l_examen
from binome.dossiers.flows import ADMINISTRATION, EXAMEN
from binome.dossiers.models import Decision, Dossier
from binome.dossiers.permissions import (
    a_lister,
    cotes,
    dossier_pour,
    lit_l_examen,
    visibles,
)
from binome.dossiers.positionnement import positionner_dossier
from binome.exports.services import exportables
from binome.gestes.refus import GesteImpossible
from binome.lettres import rappels
from binome.lettres.permissions import lettre_pour
from binome.regles.courante import base_courante, certifications
from tests.dossiers.monde import (
    brouillon,
    depose,
    personne,
    propose,
    trancher_tout,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

pytestmark = pytest.mark.django_db
(ESSAI,) = (code for code, une in certifications().items() if une.essai)
DEFAUT = base_courante().certification.code


@pytest.fixture
def zoe(monde: Monde) -> Personne:
    """Zoé administers another branch, which delivers the certification on trial."""
    autre = creer_organisation("branche", "Autre branche", certification=ESSAI, exemple=True)
    zoe = personne("zoe")
    donner_role(zoe, autre, "administrateur")
    poser_application(zoe)
    return zoe


def a_zoe(dossier: Dossier, zoe: Personne, *, nommee: bool) -> Dossier:
    """Makes a dossier of the certification on trial, its branch named or not."""
    branche = Acteur(zoe).appartenances[0].organisation if nommee else None
    Dossier.objects.filter(pk=dossier.pk).update(certification=ESSAI, branche=branche)
    return Dossier.objects.get(pk=dossier.pk)


def test_un_dossier_nomme_sa_certification_et_sa_branche(monde: Monde) -> None:
    dossier = brouillon(monde)
    assert (dossier.certification, dossier.branche_id) == (DEFAUT, monde.branche.pk)
    assert Organisation.objects.get(pk=monde.branche.pk).delivre == DEFAUT


def test_de_plusieurs_branches_aucune_n_est_choisie(monde: Monde) -> None:
    creer_organisation("branche", "Deuxième", exemple=True)
    dossier = brouillon(monde)
    assert (branche_de(DEFAUT, monde.organisme), dossier.branche_id) == (None, None)
    assert branche_de(ESSAI, monde.organisme) is None


def test_ce_qui_existe_ne_va_jamais_a_une_branche_inventee(monde: Monde) -> None:
    """Made-up branches read nothing of what is real, named or not, whatever came first."""
    inventee = brouillon(monde)
    Organisation.objects.filter(pk=monde.organisme.pk).update(exemple=False)
    vrai = Organisation.objects.get(pk=monde.organisme.pk)
    dossier = depose(replace(monde, organisme=vrai))
    assert (inventee.branche_id, dossier.branche_id) == (monde.branche.pk, None)
    emma, reelle = Acteur(monde.emma), personne("reelle")
    assert dossier not in visibles(emma)
    assert dossier not in exportables(emma)
    assert cotes(emma, dossier) == frozenset()
    assert monde.emma.courriel not in de_l_examen(None, DEFAUT, False)
    branche = creer_organisation("branche", "Une branche réelle")
    donner_role(reelle, branche, "examinateur")
    assert dossier in visibles(Acteur(reelle))
    assert branche_de(DEFAUT, vrai) == branche.pk


def test_une_autre_branche_ne_voit_rien(monde: Monde, zoe: Personne, client: Client) -> None:
    dossier, acteur = propose(monde), Acteur(zoe)
    assert acteur.de_la_branche
    for lus in (visibles(acteur), a_lister(acteur), exportables(acteur)):
        assert list(lus) == []
    with pytest.raises(Http404):
        dossier_pour(acteur, dossier.reference)
    assert cotes(acteur, dossier) == frozenset()
    assert not lit_l_examen(acteur, dossier)
    client.force_login(zoe)
    points = f"points/?certification={DEFAUT}"
    for adresse in ("rejeu/", points, f"dossiers/{dossier.reference}/"):
        assert client.get(f"/espace/{adresse}").status_code == 404, adresse
    assert dossier.reference not in client.get("/espace/").content.decode()
    assert dossier.reference not in client.get("/espace/dossiers/").content.decode()


def test_une_autre_branche_ne_confirme_rien(monde: Monde, zoe: Personne) -> None:
    dossier = propose(monde)
    trancher_tout(monde, dossier)
    bilan = decisions.confirmer(Acteur(zoe), {dossier.reference: dossier.version})
    assert bilan.laisses == ((dossier.reference, "ce dossier n’existe pas"),)
    assert not Decision.objects.filter(dossier=dossier).exists()


def test_une_autre_branche_n_annule_rien(monde: Monde, zoe: Personne, client: Client) -> None:
    dossier = propose(monde)
    Dossier.objects.filter(pk=dossier.pk).update(claire=True)
    versions = {dossier.reference: Dossier.objects.get(pk=dossier.pk).version}
    confirmation = decisions.confirmer(Acteur(monde.emma), versions).confirmation
    assert confirmation is not None
    with pytest.raises(GesteImpossible, match="celle d’une autre branche"):
        decisions.annuler_confirmation(confirmation, Acteur(zoe))
    client.force_login(zoe)
    assert client.get(f"/espace/confirmations/{confirmation.pk}/").status_code == 404
    assert decisions.annuler_confirmation(confirmation, Acteur(monde.emma)).confirmes


def test_une_autre_branche_ne_lit_pas_la_lettre(monde: Monde, zoe: Personne) -> None:
    dossier = propose(monde)
    Dossier.objects.filter(pk=dossier.pk).update(claire=True)
    versions = {dossier.reference: Dossier.objects.get(pk=dossier.pk).version}
    decisions.confirmer(Acteur(monde.emma), versions)
    decision = Decision.objects.get(dossier=dossier)
    Decision.objects.filter(pk=decision.pk).update(
        sceau="lettres/essai.pdf", sceau_empreinte="0" * 64, scellee_le=timezone.now()
    )
    assert lettre_pour(Acteur(monde.emma), decision.pk) == decision
    with pytest.raises(Http404):
        lettre_pour(Acteur(zoe), decision.pk)


@pytest.mark.parametrize("nommee", [True, False], ids=["nommée", "par sa certification"])
def test_chacune_lit_les_siens(monde: Monde, zoe: Personne, *, nommee: bool) -> None:
    leur, sien = depose(monde), a_zoe(depose(monde), zoe, nommee=nommee)
    assert list(a_lister(Acteur(zoe))) == [sien]
    assert list(a_lister(Acteur(monde.emma))) == [leur]
    assert cotes(Acteur(zoe), sien) == {EXAMEN, ADMINISTRATION}
    assert cotes(Acteur(monde.emma), sien) == frozenset()
    with pytest.raises(Http404):
        dossier_pour(Acteur(monde.emma), sien.reference)
    with pytest.raises(PermissionDenied):
        dossier_pour(Acteur(zoe), sien.reference, "deposer")


def test_les_regles_sont_celles_de_sa_certification(monde: Monde, zoe: Personne) -> None:
    dossier = a_zoe(brouillon(monde, diplomes=[]), zoe, nommee=True)
    lu = positionner_dossier(dossier)
    assert lu.base.certification.code == ESSAI
    # Facts of another certification's rules are not read.
    assert set(lu.faits_declares) <= set(base_courante(certification=ESSAI).faits)
    autre = positionner_dossier(brouillon(monde))
    assert autre.base.certification.code == DEFAUT


def test_les_rappels_vont_a_sa_branche(monde: Monde, zoe: Personne, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    examinatrice = personne("ines")
    donner_role(examinatrice, Acteur(zoe).appartenances[0].organisation, "examinateur")
    maintenant = timezone.now()
    leur, sien = depose(monde), a_zoe(depose(monde), zoe, nommee=True)
    Dossier.objects.filter(pk__in=(leur.pk, sien.pk)).update(
        echeance=timezone.localdate(), cree_le=maintenant - timedelta(days=40),
        depose_le=maintenant - timedelta(days=30),
    )  # fmt: skip
    assert rappels.echeances(maintenant) == 2
    avis = {un.reference: un.destinataire for un in Avis.objects.filter(genre="echeance")}
    assert avis == {leur.reference: monde.emma.courriel, sien.reference: examinatrice.courriel}
    assert rappels.file_d_attente(maintenant) == 2
    files = Avis.objects.filter(genre="file")
    assert {un.destinataire for un in files} == {monde.emma.courriel, examinatrice.courriel}
    assert all(un.texte.startswith("Un dossier attend depuis plus de") for un in files)


def test_la_base_refuse_ce_qui_ne_tient_pas(monde: Monde) -> None:
    dossier = brouillon(monde)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(certification="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=monde.organisme.pk).update(certification=ESSAI)


@pytest.mark.parametrize("branches", [1, 2])
def test_la_migration_nomme_la_branche_quand_elle_est_seule(monde: Monde, branches: int) -> None:
    for rang in range(1, branches):
        creer_organisation("branche", f"Branche {rang}", exemple=True)
    dossier = depose(monde)
    Dossier.objects.update(branche=None)
    migration = import_module("binome.dossiers.migrations.0015_certification_et_branche")
    migration.nommer_la_branche(apps, _Editeur())
    attendue = monde.branche.pk if branches == 1 else None
    assert Dossier.objects.get(pk=dossier.pk).branche_id == attendue
    # Nobody loses what they read.
    assert list(a_lister(Acteur(monde.emma))) == [dossier]


class _Editeur:
    """What the migration reads of a schema editor."""

    connection = connection


def test_l_exploitant_ouvre_une_branche_qui_delivre(db: None) -> None:
    qui = {"prenom": "Zoé", "nom": "Exemple"}
    exploitation.ouvrir("branche", "Autre", "zoe@exemple.fr", **qui, certification=ESSAI)
    assert Organisation.objects.get(nom="Autre").delivre == ESSAI
    exploitation.ouvrir("branche", "CPNEFP", "ana@exemple.fr", **qui, certification=DEFAUT)
    assert Organisation.objects.get(nom="CPNEFP").certification == ""
    with pytest.raises(ChangementImpossible, match="La certification « boulanger » n’existe pas"):
        exploitation.ouvrir("branche", "B", "b@exemple.fr", **qui, certification="boulanger")
    with pytest.raises(ChangementImpossible, match="Seule une branche délivre"):
        exploitation.ouvrir("organisme", "O", "o@exemple.fr", **qui, certification=ESSAI)
