"""`binome journal`: tampering is shown where it is, and a dossier's story is told whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from binome.cli.journal import commande
from binome.journal.chaine import ORIGINE, empreinte, tete, verifier
from binome.journal.histoire import histoire
from binome.journal.models import Entree, Tete
from binome.journal.services import Ecriture, ecrire, ecrire_tout, oublier

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def lancer(*arguments: str) -> Result:
    return CliRunner().invoke(commande, arguments)


def code(resultat: Result) -> int:
    """What the program would exit with."""
    return getattr(resultat.exception, "code", resultat.exit_code)


def remplir(nombre: int = 6) -> None:
    ecrire_tout(
        [
            Ecriture("dossier.ecrire", f"dossier:BM-{rang % 2}", auteur="personne:1", motif="Correction",
                 avant={"rang": rang - 1}, apres={"rang": rang}, sujet=f"dossier:{rang % 2}",
                 prive={"nom": {"avant": "", "apres": f"Nom {rang}"}})
            for rang in range(nombre)
        ]
    )  # fmt: skip


def refaire(depuis: int) -> None:
    """Forges the chain again from a rank, head included, as a careful forger would."""
    precedente = Entree.objects.get(rang=depuis - 1).empreinte if depuis > 1 else ORIGINE
    rang = depuis - 1
    for entree in Entree.objects.filter(rang__gte=depuis).order_by("rang"):
        rang = entree.rang
        entree.precedente = precedente
        entree.empreinte = precedente = empreinte(entree)
        entree.save()
    Tete.objects.update(rang=rang, empreinte=precedente)


def test_une_chaine_qui_tient_donne_son_ancre() -> None:
    remplir()
    resultat = lancer("verifier")
    assert code(resultat) == 0
    assert "La chaîne tient : 6 entrées." in resultat.output
    rang, fin = tete()
    assert f"{rang}:{fin}" in resultat.output
    ecrire(Ecriture("essai", "objet:1"))
    assert code(lancer("verifier", "--ancre", f"{rang}:{fin}")) == 0


def test_un_journal_vide_tient() -> None:
    assert code(lancer("verifier")) == 0


@pytest.mark.usefixtures("sans_garde")
def test_une_ligne_modifiee_otee_ou_deplacee_est_nommee() -> None:
    remplir()
    Entree.objects.filter(rang=3).update(motif="Autre")
    assert (code(lancer("verifier")), verifier()) == (1, (3, "l’entrée 3 a été modifiée"))
    refaire(3)
    assert verifier() is None
    deux, quatre = Entree.objects.get(rang=2), Entree.objects.get(rang=4)
    Entree.objects.filter(rang__in=(2, 4)).delete()
    deux.rang, quatre.rang = 4, 2
    deux.save()
    quatre.save()
    assert verifier() == (2, "l’entrée 2 ne suit pas la précédente")
    Entree.objects.filter(rang=1).delete()
    resultat = lancer("verifier")
    assert code(resultat) == 1
    assert "rang 1 : l’entrée 1 manque" in str(resultat.exception)


@pytest.mark.usefixtures("sans_garde")
def test_une_fin_coupee_ou_refaite_avec_sa_tete_ne_se_voit_qu_a_l_ancre() -> None:
    remplir()
    rang, fin = tete()
    ancre = f"{rang}:{fin}"
    Entree.objects.filter(rang__gt=4).delete()
    refaire(4)
    assert verifier() is None
    assert verifier(ancres=[(rang, fin)]) == (6, "l’ancre compte 6 entrées, il n’en reste que 4")
    assert code(lancer("verifier", "--ancre", ancre)) == 1
    remplir(3)
    assert verifier() is None
    assert verifier(ancres=[(rang, fin)]) == (6, "l’entrée 6 n’est pas celle de l’ancre")


@pytest.mark.usefixtures("sans_garde")
def test_une_entree_ajoutee_derriere_la_tete_se_voit() -> None:
    remplir(3)
    avant = tete()
    remplir(1)
    Tete.objects.update(rang=avant[0], empreinte=avant[1])
    rupture = verifier()
    assert rupture is not None
    assert rupture.rang == 4


@pytest.mark.parametrize("ancre", ["", "6", "6:abc", f"x:{'0' * 64}"])
def test_une_ancre_mal_ecrite_est_refusee(ancre: str) -> None:
    assert code(lancer("verifier", "--ancre", ancre)) == 2


def test_l_histoire_d_un_dossier_en_texte_et_en_json() -> None:
    remplir()
    texte = lancer("histoire", "BM-1").output
    assert texte.startswith("Dossier BM-1 : 3 entrées")
    assert "dossier.ecrire, par personne:1" in texte
    assert "Motif : Correction" in texte
    assert '"apres": "Nom 5"' in texte
    lues = json.loads(lancer("histoire", "BM-1", "--json").output)
    assert [une["rang"] for une in lues] == [2, 4, 6]
    assert lues[0]["avant"] == {"rang": 0}
    assert lues[0]["prive"] == {"nom": {"avant": "", "apres": "Nom 1"}}
    oublier("dossier:1", auteur="personne:1", motif="Durée de conservation")
    texte = lancer("histoire", "BM-1").output
    assert "Nom 5" not in texte
    assert texte.count("effacées") == 3
    assert verifier() is None
    assert code(lancer("histoire", "BM-9")) == 2


def test_l_histoire_lit_ses_cles_d_un_coup(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    remplir(40)
    with django_assert_num_queries(2):
        assert len(histoire("dossier:BM-1")) == 20


@pytest.mark.long(120)
def test_un_million_d_entrees_se_verifie_en_memoire_bornee() -> None:
    """Written straight into the table, chained; the memory read is that of Python's objects."""
    import tracemalloc  # noqa: PLC0415 - only here

    nombre = 1_000_000
    precedente, lot = ORIGINE, []
    from django.utils import timezone  # noqa: PLC0415

    instant = timezone.now()
    for rang in range(1, nombre + 1):
        entree = Entree(
            rang=rang, instant=instant, auteur="personne:1", geste="essai", objet=f"objet:{rang}",
            avant={}, apres={"rang": rang}, precedente=precedente,
        )  # fmt: skip
        entree.empreinte = precedente = empreinte(entree)
        lot.append(entree)
        if len(lot) == 10_000:
            Entree.objects.bulk_create(lot, batch_size=1000)
            lot = []
    Tete.objects.update_or_create(pk=1, defaults={"rang": nombre, "empreinte": precedente})
    tracemalloc.start()
    assert verifier() is None
    _, sommet = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sommet < 40_000_000
