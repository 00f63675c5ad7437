"""The chain of the journal: it holds, it shows what was touched, and it forgets people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from binome.journal.chaine import verifier
from binome.journal.histoire import histoire
from binome.journal.models import Entree, Tete
from binome.journal.services import Ecriture, ecrire, ecrire_tout, oublier

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def remplir(nombre: int = 5) -> list[Entree]:
    return ecrire_tout(
        [
            Ecriture("essai", f"objet:{rang}", auteur="personne:1", apres={"rang": rang}, sujet="personne:9",
                 prive={"nom": f"Nom {rang}"})
            for rang in range(nombre)
        ]
    )  # fmt: skip


def test_une_chaine_intacte_tient() -> None:
    assert verifier() is None
    remplir()
    ecrire(Ecriture("essai", "objet:a"))
    assert verifier() is None
    assert list(Entree.objects.values_list("rang", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [("motif", "autre"), ("auteur", "personne:2"), ("apres", {"rang": 7}), ("prive", ""),
     ("objet", "objet:9"), ("geste", "autre"), ("pour", "personne:3")],
)  # fmt: skip
@pytest.mark.usefixtures("sans_garde")
def test_une_entree_modifiee_se_voit(champ: str, valeur: object) -> None:
    remplir()
    Entree.objects.filter(rang=3).update(**{champ: valeur})
    rupture = verifier()
    assert rupture is not None
    assert rupture == (3, "l’entrée 3 a été modifiée")


@pytest.mark.usefixtures("sans_garde")
def test_une_entree_otee_au_milieu_ou_a_la_fin_se_voit() -> None:
    remplir()
    Entree.objects.filter(rang=5).delete()
    assert verifier() == (5, "les entrées s’arrêtent à 4, la chaîne en compte 5")
    Entree.objects.filter(rang=2).delete()
    assert verifier() == (2, "l’entrée 2 manque")


@pytest.mark.usefixtures("sans_garde")
def test_une_chaine_refaite_a_partir_du_milieu_se_voit() -> None:
    remplir()
    troisieme = Entree.objects.get(rang=3)
    troisieme.precedente = "f" * 64
    troisieme.save()
    assert verifier() == (3, "l’entrée 3 ne suit pas la précédente")


def test_la_base_de_donnees_refuse_de_modifier_et_d_effacer() -> None:
    remplir(1)
    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        Entree.objects.update(motif="autre")
    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        Entree.objects.all().delete()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
            connection.cursor().execute("TRUNCATE journal_entree")
    assert verifier() is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_fois", [1, 2])
def test_le_journal_est_garde_apres_un_essai_qui_a_tout_ecrit(_fois: int) -> None:
    """The second finds the database emptied, and the triggers back."""
    assert not Entree.objects.exists()
    remplir(2)
    with pytest.raises(DatabaseError, match="ne se modifie pas"):
        Entree.objects.all().delete()
    assert Entree.objects.count() == 2


def test_ce_qui_echoue_n_ecrit_rien() -> None:
    remplir(2)

    @transaction.atomic
    def echouer() -> None:
        ecrire(Ecriture("essai", "objet:a"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        echouer()
    assert Tete.objects.get().rang == 2
    assert verifier() is None


def test_une_personne_oubliee_ne_se_lit_plus_et_la_chaine_tient() -> None:
    remplir(2)
    assert histoire("objet:1")[0]["prive"] == {"nom": "Nom 1"}
    assert "Nom 1" not in Entree.objects.get(rang=2).prive
    oublier("personne:9", auteur="personne:1", motif="Demande de la personne")
    assert histoire("objet:1")[0]["prive"] is None
    assert verifier() is None
    ecrire(Ecriture("essai", "objet:1", sujet="personne:9", prive={"nom": "Nom"}))
    assert histoire("objet:1")[-1]["prive"] == {}


def test_mille_entrees_tiennent_en_peu_de_requetes(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    ecrire(Ecriture("essai", "objet:0"))
    with django_assert_max_num_queries(24):
        ecrire_tout([Ecriture("essai", f"objet:{rang}") for rang in range(1000)])
    assert verifier() is None
