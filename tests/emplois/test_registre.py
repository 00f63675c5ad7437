"""A person takes their jobs away, and what nothing leans on is erased with their account."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from binome.conservation.cloture import clore_le_compte
from binome.conservation.export import donnees_de
from binome.diagnostic.reconciliation import differences
from binome.emplois.models import Emploi, Salarie
from binome.emplois.registre import detacher, effacer
from binome.emplois.services import dire_l_emploi, finir, salarie_de
from binome.journal import trousseau
from binome.journal.histoire import histoire

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.dossiers.monde import Monde
    from tests.emplois.conftest import Employeurs

QUI = "systeme"


def test_l_archive_dit_les_emplois_et_l_inconnu(monde: Monde, employeurs: Employeurs) -> None:
    lea = salarie_de(monde.lea, auteur=QUI)
    du = date(2026, 1, 5)
    emploi = dire_l_emploi(lea, employeurs.cabinet, auteur=QUI, part=5_000, du=du)
    finir(emploi, du, auteur=QUI)
    dire_l_emploi(lea, employeurs.voisin, auteur=QUI)
    dire_l_emploi(salarie_de(monde.bob, auteur=QUI), employeurs.voisin, auteur=QUI)
    assert donnees_de(monde.lea)["emplois"] == [
        {
            "employeur": "Cabinet d’exemple", "part": "50 % d’un temps plein", "du": du, "au": du,
            "retire_le": None,
        },
        {
            "employeur": "Cabinet voisin", "part": "part de temps inconnue", "du": None, "au": None,
            "retire_le": None,
        },
    ]  # fmt: skip


def test_un_emploi_efface_ne_se_lit_plus_et_sa_cle_non_plus(
    monde: Monde,
    employeurs: Employeurs,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    inconnu = salarie_de(None, auteur=QUI)
    emploi = dire_l_emploi(inconnu, employeurs.cabinet, auteur=QUI, part=5_000)
    reste = dire_l_emploi(inconnu, employeurs.voisin, auteur=QUI)
    assert trousseau.lire([emploi.objet])
    with django_capture_on_commit_callbacks(execute=True):
        effacer([emploi.pk], auteur=QUI, motif="Durée atteinte")
    assert list(Emploi.objects.all()) == [reste]
    assert Salarie.objects.filter(pk=inconnu.pk).exists()
    assert not trousseau.lire([emploi.objet])
    assert histoire(emploi.objet)[0]["prive"] is None
    with django_capture_on_commit_callbacks(execute=True):
        effacer([reste.pk], auteur=QUI, motif="Durée atteinte")
    assert not Salarie.objects.filter(pk=inconnu.pk).exists()
    assert list(differences()) == []


def test_clore_un_compte_efface_ses_emplois(
    monde: Monde, employeurs: Employeurs, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    dire_l_emploi(salarie_de(monde.lea, auteur=QUI), employeurs.cabinet, auteur=QUI)
    with django_capture_on_commit_callbacks(execute=True):
        clore_le_compte(monde.lea, auteur=QUI, motif="Demandé")
    assert not Emploi.objects.exists()
    assert not Salarie.objects.exists()
    assert list(differences()) == []


def test_ce_qui_sert_encore_reste_sans_le_nom_de_personne(
    monde: Monde, employeurs: Employeurs
) -> None:
    lea = salarie_de(monde.lea, auteur=QUI)
    garde = dire_l_emploi(lea, employeurs.cabinet, auteur=QUI)
    dire_l_emploi(lea, employeurs.voisin, auteur=QUI)
    detacher(monde.lea, gardes=[garde.pk], auteur=QUI, motif="Compte clos")
    assert list(Emploi.objects.all()) == [garde]
    assert Salarie.objects.get().personne is None
    detacher(monde.lea, gardes=[], auteur=QUI, motif="Compte clos")
    assert Emploi.objects.exists()
    assert list(differences()) == []
