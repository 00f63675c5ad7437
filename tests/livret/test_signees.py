"""Who follows a training no longer reads the cards that they signed, those only; and each is led to their own booklet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.http import Http404
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance
from binome.comptes.services import donner_role, retirer_role
from binome.livret.etats import CoteDuBinome, EtatDeSignatureDeCarte, Valeur
from binome.livret.models import CarteDeSemaine, SignatureDeCarte
from binome.livret.permissions import livret_pour, livrets_ouverts
from binome.livret.semaines import SEMAINE
from binome.livret.tutorats import nommer
from binome.parcours.models import Parcours
from tests.dossiers.monde import personne
from tests.livret.vie import Binome, dit, envoi, former, rendre, signe

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

STAGIAIRE, TUTEUR = CoteDuBinome.STAGIAIRE, CoteDuBinome.TUTEUR
DE_PAUL, DE_TARA = "Le plateau était prêt.", "Le vaccin était au frais."


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara."""
    return former(monde)


@pytest.fixture
def paul(binome: Binome) -> Personne:
    """The tutor who signed last week's card; then Tara took his place, and signed this week's."""
    binome.parcours.ouvert_le = timezone.now() - 3 * SEMAINE
    binome.parcours.save()
    paul = personne("paul")
    donner_role(paul, binome.cabinet, "tuteur")
    nommer(binome.tutrice, binome.parcours, paul.pk)
    avant = dit("B1M1C1", Valeur.SEUL, phrase=DE_PAUL)
    semaine = binome.semaine - SEMAINE
    (rendu,) = rendre(
        binome, Acteur(paul), envoi(binome, avant, semaine=semaine, signature=signe(TUTEUR, avant))
    )
    assert rendu.issue == "recue"
    nommer(binome.tutrice, binome.parcours, binome.tara.pk)
    ici = dit("B1M1C2", Valeur.AIDE, phrase=DE_TARA)
    rendre(binome, binome.tutrice, envoi(binome, ici, signature=signe(TUTEUR, ici)))
    return paul


def _adresse(binome: Binome) -> str:
    return f"/espace/livret/{binome.parcours.pk}/signees/"


@pytest.mark.parametrize("parti", [False, True])
def test_l_ancien_tuteur_relit_ce_qu_il_a_signe_et_rien_d_autre(
    binome: Binome, paul: Personne, client: Client, parti: bool
) -> None:
    """Still of the practice, or gone from it."""
    if parti:
        retirer_role(Appartenance.objects.get(personne=paul), auteur="exploitation")
        paul.refresh_from_db()  # their sessions were closed
    client.force_login(paul)
    assert client.get(f"/espace/livret/{binome.parcours.pk}/").status_code == 404
    dit_ = client.get("/espace/").content.decode()
    assert "Vous avez signé des cartes d’une formation que vous ne suivez plus." in dit_
    assert _adresse(binome) in client.get("/espace/livret/").content.decode()
    page = client.get(_adresse(binome)).content.decode()
    assert page.count("Semaine du") == 1
    assert DE_PAUL in page
    assert "Voici ce que vous avez signé." in page
    assert DE_TARA not in page


def test_ce_que_la_carte_dit_depuis_ne_se_lit_pas(
    binome: Binome, paul: Personne, client: Client
) -> None:
    """Léa changed it since: what he signed holds no longer, and he reads only what he said."""
    neuve = dit("B1M1C2", Valeur.VU, phrase="Une phrase d’après.")
    rendre(binome, binome.lea, envoi(binome, neuve, semaine=binome.semaine - SEMAINE))
    client.force_login(paul)
    page = client.get(_adresse(binome)).content.decode()
    assert "La carte a changé depuis." in page
    assert DE_PAUL in page
    assert "Une phrase d’après." not in page


def test_une_signature_faite_en_son_nom_se_conteste_encore(
    binome: Binome, paul: Personne, client: Client
) -> None:
    signature = SignatureDeCarte.objects.get(pour=paul)
    SignatureDeCarte.objects.filter(pk=signature.pk).update(moyen="dessin", par=binome.monde.lea)
    client.force_login(paul)
    assert "Ce n’est pas ma signature" in client.get(_adresse(binome)).content.decode()
    vers = f"/espace/livret/{binome.parcours.pk}/signatures/{signature.pk}/contester/"
    client.force_login(binome.monde.charlie)
    assert client.post(vers, {"version": signature.version}).status_code == 404
    client.force_login(paul)
    assert client.post(vers, {"version": signature.version}).headers["Location"] == _adresse(binome)
    signature.refresh_from_db()
    assert signature.etat == EtatDeSignatureDeCarte.CONTESTEE
    page = client.get(_adresse(binome)).content.decode()
    assert "n’était pas la vôtre" in page


def test_nul_autre_ne_les_lit(binome: Binome, paul: Personne, client: Client) -> None:
    monde = binome.monde
    assert CarteDeSemaine.objects.count() == 2
    for qui in (monde.alice, monde.charlie, monde.emma, personne("zoe")):
        client.force_login(qui)
        assert client.get(_adresse(binome)).status_code == 404
    client.force_login(binome.tara)
    page = client.get(_adresse(binome)).content.decode()
    assert (DE_TARA in page, DE_PAUL in page) == (True, False)


def test_chacun_est_mene_a_son_livret(binome: Binome, paul: Personne, client: Client) -> None:
    """Straight to it when there is one; by a list for who also signed elsewhere; the organisation keeps its own page."""
    sien = f"/espace/livret/{binome.parcours.pk}/"
    for qui in (binome.monde.lea, binome.tara):
        client.force_login(qui)
        assert client.get("/espace/livret/").headers["Location"] == sien
    client.force_login(binome.monde.emma)
    assert client.get("/espace/livret/").status_code == 403
    client.force_login(binome.monde.alice)
    assert "Les livrets" in client.get("/espace/livret/").content.decode()
    client.force_login(paul)
    page = client.get("/espace/livret/").content.decode()
    assert "Les cartes que vous avez signées" in page
    assert f'href="{sien}"' not in page


def test_la_liste_ouvre_ce_que_chaque_livret_ouvre(binome: Binome, paul: Personne) -> None:
    """The same rule, asked of all at once or of one."""
    monde = binome.monde
    for qui in (monde.alice, monde.emma, monde.lea, monde.ana, monde.charlie, binome.tara, paul):
        acteur = Acteur(qui)
        un_a_un = set()
        for numero in Parcours.objects.values_list("pk", flat=True):
            try:
                un_a_un.add(livret_pour(acteur, numero)[0].pk)
            except Http404:
                continue
        assert set(livrets_ouverts(acteur).values_list("pk", flat=True)) == un_a_un
