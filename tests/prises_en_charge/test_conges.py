"""Hours that fall on a day of leave, or when the practice is closed: said before they are billed, gone once taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation, donner_role
from binome.gestes.refus import GesteImpossible
from binome.prises_en_charge.conges import dire_un_conge, retirer_un_conge
from binome.prises_en_charge.models import EtatDeService, JoursDeConge, PriseEnCharge
from binome.prises_en_charge.payerait import controler, recompter
from binome.regles.calendrier import date_en_clair
from tests.dossiers.monde import personne
from tests.prises_en_charge.monde import Paye, ce_mois, deux_mois, un_jour
from tests.prises_en_charge.test_pages import ICI, chez, lu
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from binome.comptes.models import Organisation, Personne

pytestmark = pytest.mark.django_db
LE = un_jour(ce_mois(-2))
"""A day when Léa followed a morning."""


@remembre
def emploie() -> tuple[Paye, Organisation, Personne]:
    """Léa is employed by a practice that Eric answers for; two months are proven."""
    gens = deux_mois()
    cabinet = creer_organisation("cabinet", "Cabinet d’essai", exemple=gens.monde.organisme.exemple)
    eric = personne("eric")
    donner_role(eric, cabinet, "employeur")
    PriseEnCharge.objects.update(employeur=cabinet)
    recompter(gens.etats())
    return gens, cabinet, eric


def dits(gens: Paye) -> list[str]:
    """What the pre-flight says of leave, month by month."""
    etats = EtatDeService.objects.select_related(
        "prise_en_charge__employeur", "prise_en_charge__organisme"
    )
    lus = controler(list(etats.order_by("mois")))
    assert len(lus) == len(gens.etats())
    return [un.dit for siens in lus.values() for un in siens if un.code == "conge"]


def test_des_heures_un_jour_de_conge_se_disent_puis_plus() -> None:
    gens, cabinet, eric = emploie()
    assert dits(gens) == []
    avant = [un.ecarts for un in gens.etats()]
    conge = dire_un_conge(cabinet, gens.parcours, Acteur(eric), LE - timedelta(days=1), LE)
    assert dits(gens) == [
        f"Des heures tombent le {date_en_clair(LE)} (jour de congé), d’après l’employeur."
    ]
    assert [un.ecarts for un in gens.etats()] == [avant[0] + 1, avant[1]]
    for _ in "deux fois":
        retirer_un_conge(conge.pk, Acteur(eric))
    assert dits(gens) == []
    assert [un.ecarts for un in gens.etats()] == avant


def test_le_cabinet_ferme_touche_tous_les_siens_et_ses_seuls_jours() -> None:
    gens, cabinet, eric = emploie()
    dire_un_conge(cabinet, None, Acteur(eric), LE + timedelta(days=1), LE + timedelta(days=6))
    assert dits(gens) == [], "les sept jours entre deux matinées, sans l’une ni l’autre"
    dire_un_conge(cabinet, None, Acteur(eric), LE, un_jour(ce_mois(-1)))
    assert [dit.count("cabinet fermé") for dit in dits(gens)] == [2, 1]
    PriseEnCharge.objects.update(employeur=None)
    assert dits(gens) == [], "un autre employeur ne ferme pas ce cabinet"


@pytest.mark.parametrize(
    ("du", "au", "mot"),
    [
        (LE, LE - timedelta(days=1), "finit avant de commencer"),
        (date(2026, 1, 1), date(2027, 6, 1), "un an au plus"),
    ],
)
def test_ce_qui_ne_se_dit_pas(du: date, au: date, mot: str) -> None:
    gens, cabinet, eric = emploie()
    with pytest.raises(GesteImpossible, match=mot):
        dire_un_conge(cabinet, gens.parcours, Acteur(eric), du, au)
    assert not JoursDeConge.objects.exists()


def test_un_autre_ne_dit_ni_ne_retire_les_conges_de_personne() -> None:
    gens, cabinet, eric = emploie()
    with pytest.raises(GesteImpossible, match="Seul l’employeur"):
        dire_un_conge(cabinet, gens.parcours, gens.alice, LE, LE)
    autre = creer_organisation("cabinet", "Un autre cabinet", exemple=cabinet.exemple)
    quentin = personne("quentin")
    donner_role(quentin, autre, "employeur")
    with pytest.raises(GesteImpossible, match="de la liste"):
        dire_un_conge(autre, gens.parcours, Acteur(quentin), LE, LE)
    conge = dire_un_conge(cabinet, gens.parcours, Acteur(eric), LE, LE)
    with pytest.raises(GesteImpossible, match="pas les vôtres"):
        retirer_un_conge(conge.pk, Acteur(quentin))
    with pytest.raises(GesteImpossible, match="déjà dits"):
        dire_un_conge(cabinet, gens.parcours, Acteur(eric), LE, LE)


def test_l_employeur_dit_et_retire_par_sa_page() -> None:
    gens, cabinet, eric = emploie()
    navigateur = chez(eric)
    qui = f"{cabinet.pk}-{gens.parcours.pk}"
    envoi = {"qui": qui, "du": LE.isoformat(), "au": LE.isoformat()}
    assert "Cabinet d’essai, fermé" in lu(navigateur, ICI)
    refus = navigateur.post(f"{ICI}conges/", {**envoi, "au": (LE - timedelta(days=3)).isoformat()})
    assert refus.status_code == 422
    assert f'value="{LE.isoformat()}"' in refus.content.decode()
    assert navigateur.post(f"{ICI}conges/", {**envoi, "qui": "9-9"}).status_code == 422
    assert navigateur.post(f"{ICI}conges/", envoi).status_code == 302
    assert navigateur.post(f"{ICI}conges/", envoi).status_code == 422
    assert f"Du {date_en_clair(LE)} au {date_en_clair(LE)} : " in lu(navigateur, ICI)
    mois = f"/espace/suivis/etats-de-service/{gens.etats()[0].pk}/"
    assert "(jour de congé), d’après l’employeur" in lu(chez(gens.monde.alice), mois)
    conge = JoursDeConge.objects.get()
    assert (
        chez(gens.monde.alice).post(f"{ICI}conges/retirer/", {"conge": conge.pk}).status_code == 403
    )
    assert navigateur.post(f"{ICI}conges/retirer/", {"conge": "x"}).status_code == 302
    assert navigateur.post(f"{ICI}conges/retirer/", {"conge": conge.pk}).status_code == 302
    assert "(jour de congé)" not in lu(chez(gens.monde.alice), mois)
