"""An employer's expenses follow the rules of the report, with their receipt; what a trainee advanced is owed until it is paid back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from binome.factures.depenses import DepenseDite, declarer, dire_une_avance
from binome.factures.flows import AVANCES, DEPENSES
from binome.factures.models import Depense
from binome.factures.permissions import avances_visibles, depenses_visibles
from binome.factures.regle_des_depenses import COQUILLE, avis
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge
from tests.factures.monde import Facturable, facturable, un_justificatif
from tests.sessions.vie import un_parcours

pytestmark = pytest.mark.django_db


@pytest.fixture
def gens() -> Facturable:
    return facturable()


def repas(gens: Facturable, cents: int = 1_500) -> DepenseDite:
    return DepenseDite("repas", gens.prise.debut, cents)


def test_les_regles_du_rapport_avec_sa_coquille() -> None:
    assert avis("repas", proche=None).ouverte
    assert avis("trajet", proche=True).ouverte
    assert not avis("hebergement", proche=False).ouverte
    assert "hébergement" in COQUILLE


def test_un_repas_se_declare_avec_son_justificatif(gens: Facturable) -> None:
    depense = declarer(gens.prise, gens.patron, repas(gens), un_justificatif())
    assert (depense.etat, depense.employeur, depense.payeur) == (
        "declaree",
        gens.employeur,
        gens.paye.opco,
    )
    with pytest.raises(GesteImpossible, match="déjà donné pour cette dépense"):
        declarer(gens.prise, gens.patron, repas(gens), un_justificatif())


def test_le_trajet_vers_un_organisme_eloigne_est_refuse_avec_sa_source(gens: Facturable) -> None:
    dite = DepenseDite("trajet", gens.prise.debut, 1_500, proche=False)
    with pytest.raises(GesteImpossible, match="paragraphe 178"):
        declarer(gens.prise, gens.patron, dite, un_justificatif())
    with pytest.raises(GesteImpossible, match="Dites si"):
        declarer(
            gens.prise, gens.patron, DepenseDite("trajet", dite.jour, 1_500), un_justificatif()
        )
    assert not Depense.objects.exists()


def test_le_justificatif_d_une_autre_personne_est_refuse(gens: Facturable) -> None:
    declarer(gens.prise, gens.patron, repas(gens), un_justificatif())
    PriseEnCharge.objects.filter(pk=gens.prise.pk).update(parcours=un_parcours(gens.paye.monde))
    ailleurs = PriseEnCharge.objects.select_related("employeur").get(pk=gens.prise.pk)
    ailleurs.pk, ailleurs.parcours = None, gens.prise.parcours
    ailleurs.save()
    with pytest.raises(GesteImpossible, match="une autre personne"):
        declarer(ailleurs, gens.patron, repas(gens), un_justificatif())
    assert Depense.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"montant_cents": 0}, "plus de zéro"),
        ({"montant_cents": 200_001}, "relisez ce montant"),
        ({"nature": "vacances"}, "Choisissez"),
        ({"jour": "avant"}, "hors de la formation"),
        ({"jour": "demain"}, "à venir"),
    ],
)
def test_ce_qui_ne_se_declare_pas_est_dit(
    gens: Facturable, change: dict[str, object], dit: str
) -> None:
    jours = {
        "avant": gens.prise.debut - timedelta(1),
        "demain": timezone.localdate() + timedelta(1),
    }
    dits = {nom: jours.get(str(un), un) for nom, un in change.items()}
    base = {"nature": "repas", "jour": gens.prise.debut, "montant_cents": 1_500}
    with pytest.raises(GesteImpossible, match=dit):
        declarer(gens.prise, gens.patron, DepenseDite(**{**base, **dits}), un_justificatif())  # type: ignore[arg-type] # one of each kind


def test_les_frais_suivent_les_heures(gens: Facturable) -> None:
    depense = declarer(gens.prise, gens.patron, repas(gens), un_justificatif())
    EtatDeService.objects.filter(mois=depense.jour.replace(day=1)).update(
        etat="etabli", repondu_le=None
    )
    with pytest.raises(GesteImpossible, match="Acceptez d’abord"):
        faire(DEPENSES, "accepter", depense, gens.paye.payeur, version=depense.version)
    EtatDeService.objects.filter(mois=depense.jour.replace(day=1)).update(
        etat="accepte", repondu_le=timezone.now()
    )
    faire(DEPENSES, "accepter", depense, gens.paye.payeur, version=depense.version)
    with pytest.raises(GesteImpossible):
        faire(DEPENSES, "refuser", depense, gens.patron, version=depense.version)


def test_ce_qui_est_avance_est_du_jusqu_au_remboursement(gens: Facturable) -> None:
    dite = DepenseDite("trajet", gens.prise.debut, 2_000)
    avance = dire_une_avance(gens.prise, gens.lea, dite)
    with pytest.raises(GesteImpossible, match="déjà dit"):
        dire_une_avance(gens.prise, gens.lea, dite)
    for acteur in (gens.lea, gens.patron):
        assert avances_visibles(acteur).get() == avance
    assert not avances_visibles(gens.alice).exists()
    assert not depenses_visibles(gens.alice).exists()
    with pytest.raises(GesteImpossible, match="précéderait"):
        faire(
            AVANCES, "rendre", avance, gens.patron, version=avance.version,
            donnees={"le": (dite.jour - timedelta(1)).isoformat()},
        )  # fmt: skip
    faire(AVANCES, "rendre", avance, gens.patron, version=avance.version,
          donnees={"le": timezone.localdate().isoformat()})  # fmt: skip
    avance.refresh_from_db()
    assert (avance.etat, avance.rendue_le) == ("rendue", timezone.localdate())
    faire(AVANCES, "reprendre", avance, gens.lea, version=avance.version)
    avance.refresh_from_db()
    assert avance.etat == "due"
