"""Lists of dossiers: filtered by the address, turned both ways, and as dear for many as for one."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.bureau.filtres import FiltreDeDossiers, feuilleter, lister
from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation, donner_role
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import a_lister
from binome.dossiers.portee import portee_de
from binome.listes.pages import couper, lire_cle
from tests.dossiers.monde import (
    brouillon,
    depose,
    personne,
    propose,
    prouve,
    suivi_par,
    trancher_tout,
)
from tests.dossiers.navigation import adresse, envoyer, notifier, page

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tests.dossiers.monde import Monde


@pytest.mark.postgresql
def test_les_filtres_restent_dans_l_adresse(client: Client, monde: Monde) -> None:
    dossier = depose(monde)
    brouillon(monde)
    dit = page(client, monde.emma, f"/espace/dossiers/?q={dossier.reference}&etat=depose")
    assert dossier.reference in dit
    assert "1</strong> dossier" in dit
    assert "Aucun dossier pour « personne »." in page(
        client, monde.emma, "/espace/dossiers/?q=personne"
    )
    assert page(client, monde.alice, "/espace/dossiers/?etat=nimporte&organisme=x&page=99999")


def test_le_tuteur_voit_les_personnes_de_son_cabinet(client: Client, monde: Monde) -> None:
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    tuteur = personne("tuteur")
    donner_role(tuteur, cabinet, "tuteur")
    dossier = depose(monde)
    suivi_par(dossier, cabinet)
    depose(monde)
    dit = page(client, tuteur, "/espace/")
    assert dit.count('class="fiche"') == 1
    assert adresse(dossier) in dit
    assert "Les pièces" not in page(client, tuteur, adresse(dossier)).replace("et les pièces", "")


@pytest.mark.postgresql
@pytest.mark.parametrize("tri", ["age", "recent", "echeance"])
@pytest.mark.parametrize("etat", ["", "en_cours", "retire"])
def test_une_liste_se_feuillette_dans_les_deux_sens(monde: Monde, tri: str, etat: str) -> None:
    modele = brouillon(monde)
    debut = timezone.localtime() - timedelta(days=50)
    etats = (Etat.BROUILLON, Etat.RETIRE, Etat.DEPOSE, Etat.COMPLETE)
    identite = {"prenom": "Léa", "nom": "Exemple", "naissance": debut.date()}
    Dossier.objects.bulk_create(
        Dossier(
            reference=f"BM-{rang}",
            organisme=monde.organisme,
            etat=etats[rang % 4],
            # Some filed at the very same instant, some never.
            depose_le=None if rang % 4 == 0 else debut + timedelta(days=rang // 3),
            echeance=None if rang % 5 else debut.date() + timedelta(days=rang // 10),
            **identite,
        )
        for rang in range(23)
    )
    filtre = FiltreDeDossiers(etat=etat, tri=tri)
    miens, portee = a_lister(Acteur(monde.alice)), portee_de(Acteur(monde.alice))
    dossiers, ordre = feuilleter(miens, filtre, portee)
    gardes = lister(miens, filtre, portee)
    tous = sorted(gardes, key=lambda un: (getattr(un, ordre.champ), un.pk), reverse=ordre.descend)
    assert (modele in tous) == (tri != "echeance" and etat != "retire")
    lus, pages, cle = [], [], None
    while True:
        une = couper(dossiers, ordre, 4, apres=cle)
        pages.append(une)
        lus += une.lignes
        if une.apres is None:
            break
        cle = lire_cle(str(une.apres))
        assert cle == une.apres
    assert lus == tous
    assert pages[0].avant is None
    for plus_tot, une in itertools.pairwise(pages):
        retour = couper(dossiers, ordre, 4, avant=une.avant)
        assert retour.lignes == plus_tot.lignes
        assert retour.avant == plus_tot.avant
        assert retour.nombre == len(tous)


@pytest.mark.parametrize(
    "cle", ["", "x", "_", "2026-02-31_1", "2026-01-01T99:00_4", "hier_2", "_²"]
)
def test_une_cle_qui_ne_se_lit_pas_montre_le_debut(client: Client, monde: Monde, cle: str) -> None:
    brouillon(monde)
    assert lire_cle(cle) is None
    dit = page(client, monde.alice, f"/espace/dossiers/?{urlencode({'apres': cle})}")
    assert "1</strong> dossier" in dit


@pytest.mark.parametrize("nombre", [1, 4])
def test_une_page_coute_autant_quel_que_soit_le_nombre(
    client: Client, monde: Monde, django_assert_max_num_queries: DjangoAssertNumQueries, nombre: int
) -> None:
    *_, dossier = [prouve(monde) for _ in range(nombre)]
    # As when there are several pages: counting them all is one query more.
    with patch("binome.bureau.vues.liste.PAR_PAGE", 2), patch("binome.listes.pages.COMPTES", 2):
        for qui in (monde.alice, monde.emma, monde.lea):
            client.force_login(qui)
            client.get("/espace/")
            for liste in ("", "?etat=claires", "?tri=recent", "?tri=echeance", "?q=lea"):
                with django_assert_max_num_queries(9):
                    client.get(f"/espace/dossiers/{liste}")
            with django_assert_max_num_queries(15):
                client.get(adresse(dossier))


@pytest.mark.sqlite
def test_une_file_se_lit_par_l_index_de_ses_etats_seul(client: Client, monde: Monde) -> None:
    """Entered by what holds every dossier of the branch, a page would cost what they all do."""
    propose(monde)
    client.force_login(monde.emma)
    with CaptureQueriesContext(connection) as lues:
        client.get("/espace/dossiers/")
    (page,) = (une["sql"] for une in lues if "UNION ALL" in une["sql"])
    with connection.cursor() as curseur:
        curseur.execute(f"EXPLAIN QUERY PLAN {page}")
        plan = [str(ligne[3]) for ligne in curseur.fetchall()]
    entrees = {dit.split(" USING ")[1] for dit in plan if " dossiers_dossier USING " in dit}
    assert entrees == {"INDEX dossiers_etat_age (etat=?)", "INTEGER PRIMARY KEY (rowid=?)"}, plan


def test_un_dossier_coute_quinze_requetes_ou_moins_dans_tous_ses_etats(
    client: Client, monde: Monde, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    brouillon(monde)
    depose(monde)
    propose(monde)
    decide, conteste = propose(monde), propose(monde)
    trancher_tout(monde, decide)
    for un in (decide, conteste):
        geste = adresse(un, "gestes/decider/")
        envoyer(client, monde.emma, geste, version=un.version, nature="accorde")
        notifier(un)
        un.refresh_from_db()
    geste = adresse(conteste, "gestes/contester/")
    envoyer(client, monde.lea, geste, version=conteste.version, texte="Mon titre compte.")
    etats = set()
    for qui in (monde.alice, monde.emma, monde.lea):
        client.force_login(qui)
        client.get("/espace/")
        for dossier in Dossier.objects.order_by("pk"):
            with django_assert_max_num_queries(15):
                client.get(adresse(dossier))
            etats.add(dossier.etat)
    assert len(etats) == 5
