"""« L’argent » of who has hundreds of lines: the first of each list, then all of it by pages, none skipped nor said twice."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.factures.listes_d_argent import LISTES
from binome.factures.models import Facture, Lettrage, Reglement
from binome.factures.reglements import saisir
from tests.factures.monde import Facturable, facturable
from tests.factures.test_factures import corrigee
from tests.factures.test_pages import ARGENT, lue

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def gens() -> Facturable:
    return facturable()


def copies(une: Any, combien: int, **changes: Any) -> list[Any]:
    """As many rows like one, each with its own values."""
    modele = type(une)
    noms = [un.attname for un in modele._meta.concrete_fields if not un.primary_key and not un.generated]  # fmt: skip
    faites = [modele(**{nom: getattr(une, nom) for nom in noms}, **{}) for _ in range(combien)]
    for rang, faite in enumerate(faites):
        for nom, donne in changes.items():
            setattr(faite, nom, donne(rang))
    return list(modele.objects.bulk_create(faites))


def des_factures(gens: Facturable, payees: int, dues: int) -> list[Facture]:
    """So many that were late and paid, then so many that are late and owed."""
    premiere = gens.facturer()
    il_y_a = timezone.localdate() - timedelta(days=1)
    faites: list[Facture] = copies(
        premiere, payees + dues, rang=lambda rang: rang + 2, le=lambda _: date(2020, 1, 1),
        echeance=lambda rang: il_y_a - timedelta(days=payees + dues - rang),
    )  # fmt: skip
    recu = saisir(gens.prise.organisme, gens.alice, timezone.localdate(), 21_000, "VIR", "a")
    Lettrage.objects.bulk_create(
        Lettrage(reglement=recu, facture=une, montant_cents=une.total_cents, le=timezone.now())
        for une in faites[:payees]
    )
    return faites


def numeros(page: str) -> list[str]:
    return re.findall(r'/espace/suivis/factures/(\d+)/">', page)


def test_ce_qui_est_en_retard_se_voit_sous_des_centaines_de_payees(
    client: Client, gens: Facturable
) -> None:
    faites = des_factures(gens, payees=130, dues=2)
    page = lue(client, gens.paye.monde.alice)
    retards = page.partition('id="retards"')[2].partition("</section>")[0]
    assert numeros(retards) == [str(une.pk) for une in faites[130:]]
    assert "210 € attendus d’Opco d’essai depuis 3 jours" in retards
    assert "Les factures : la liste entière, 133 en tout" in page
    assert len(numeros(page.partition('id="factures"')[2])) == 20


def test_la_liste_entiere_se_lit_page_par_page(client: Client, gens: Facturable) -> None:
    des_factures(gens, payees=120, dues=0)
    vues: list[str] = []
    page, suite = "", "?"
    while suite:
        page = lue(client, gens.paye.monde.alice, f"{ARGENT}listes/factures/{suite}")
        vues += numeros(page)
        trouvee = re.search(r'href="(\?[^"]*)">Page suivante', page)
        suite = trouvee[1].replace("&amp;", "&") if trouvee else ""
    assert len(vues) == len(set(vues)) == 121
    assert 'href="?' in page, "la dernière mène à celles d’avant"
    assert lue(client, gens.paye.monde.alice, f"{ARGENT}listes/factures/?apres=n9_9")
    lue(client, gens.paye.monde.alice, f"{ARGENT}listes/inconnue/", 404)


def test_les_reglements_a_rapprocher_et_les_accords_a_facturer(
    client: Client, gens: Facturable
) -> None:
    recu = saisir(gens.prise.organisme, gens.alice, timezone.localdate(), 1, "VIR", "a")
    copies(recu, 25, cle=lambda rang: f"main:{rang}")
    page = lue(client, gens.paye.monde.alice)
    assert "Les règlements à rapprocher : la liste entière, 26 en tout" in page
    assert Reglement.objects.count() == 26
    assert "accord A-1</a> : 2 mois, 210 €" in page
    assert lue(client, gens.paye.monde.alice, f"{ARGENT}listes/a-facturer/").count("<li>") > 0


def test_un_avoir_a_faire_dit_ce_que_vaut_le_mois_redit(gens: Facturable) -> None:
    gens.facturer()
    corrigee(gens)
    liste = LISTES["avoirs"]
    (dite,) = liste.dire(list(liste.lire(gens.alice).order_by("pk")))
    assert dite.suite.endswith("140 € ; le mois redit vaut 133,33 €, 6,67 € de moins")


@pytest.mark.parametrize("nom", LISTES)
def test_une_liste_est_vide_pour_qui_n_y_a_rien(nom: str, gens: Facturable) -> None:
    des_factures(gens, payees=1, dues=1)
    for qui in (gens.paye.monde.charlie, gens.paye.monde.emma, gens.paye.monde.bob):
        assert not LISTES[nom].lire(Acteur(qui)).exists()
