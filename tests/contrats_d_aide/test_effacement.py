"""What a contract keeps of people, at its term: the names go from the rows and from the journal, the days and the money stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from binome.contrats_d_aide.compte_du_medecin import medecins_suivis
from binome.contrats_d_aide.effacer_au_terme import effacer, refaire_un_contrat, refaire_un_medecin
from binome.contrats_d_aide.models import Contrat, Medecin, PosteDuContrat, VersementAttendu
from binome.journal.models import Oubli
from binome.socle.durees import durees
from tests.contrats_d_aide.cabinets import SIGNE, Cabinets, deux_medecins

pytestmark = pytest.mark.django_db


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


def _fini(ici: Cabinets, medecin: Medecin | None = None) -> Contrat:
    contrat = ici.signe(medecin)
    ici.geste(contrat, "poser", genre="assistant", nom="Nommée Ici", part=5_000, du=SIGNE)
    ici.geste(contrat, "commencer", le=SIGNE)
    ici.geste(
        contrat, "resilier", ici.carole, par="caisse", fini_le=date(2025, 9, 1), lettre_le=None,
        explication="Une explication qui nomme",
    )  # fmt: skip
    return contrat


def _vieillir(contrat: Contrat, jours: int) -> None:
    limite = durees()["contrat_d_aide"].limite()
    Contrat.objects.filter(pk=contrat.pk).update(
        fini_le=limite - timedelta(days=jours), signe_le=date(2015, 2, 1), debut=date(2015, 2, 1)
    )


def test_au_terme_les_noms_s_en_vont_et_l_argent_reste(ici: Cabinets) -> None:
    contrat, autre = _fini(ici), _fini(ici, ici.deux)
    combien = VersementAttendu.objects.filter(contrat=contrat).count()
    _vieillir(contrat, 1)
    _vieillir(autre, 0)
    assert effacer() == 1
    contrat.refresh_from_db()
    assert (contrat.motif, contrat.recherche) == ("", "")
    assert list(PosteDuContrat.objects.filter(contrat=contrat).values_list("nom", "part")) == [
        ("", 5_000)
    ]
    assert VersementAttendu.objects.filter(contrat=contrat).count() == combien
    medecin = Medecin.objects.get(pk=ici.un.pk)
    assert (medecin.nom, medecin.prenom, medecin.rpps) == ("", "", "")
    assert set(Oubli.objects.values_list("sujet", flat=True)) == {contrat.objet, medecin.objet}
    autre.refresh_from_db()
    assert autre.motif
    assert Medecin.objects.get(pk=ici.deux.pk).nom == "Essai"
    assert effacer() == 0


def test_un_medecin_garde_son_nom_tant_qu_un_contrat_le_nomme(ici: Cabinets) -> None:
    contrat = _fini(ici)
    ici.signe(caisse=ici.autre_caisse)
    _vieillir(contrat, 1)
    assert effacer() == 1
    assert Medecin.objects.get(pk=ici.un.pk).nom == "Essai"
    assert medecins_suivis(ici.carole).filter(pk=ici.un.pk).exists()


def test_un_contrat_abandonne_s_efface_aussi_a_son_terme(ici: Cabinets) -> None:
    contrat = ici.prepare()
    ici.geste(contrat, "abandonner")
    assert effacer() == 0
    Contrat.objects.filter(pk=contrat.pk).update(prepare_le=timezone.now() - timedelta(days=2_300))
    assert effacer() == 1


def test_une_base_restauree_efface_de_nouveau_celui_la_et_lui_seul(ici: Cabinets) -> None:
    contrat = _fini(ici)
    repere = contrat.prepare_le.isoformat()
    dits = {"auteur": "systeme", "motif": "restauration"}
    assert refaire_un_contrat(contrat.pk, "2020-01-01T00:00:00+00:00", **dits) is None
    assert refaire_un_contrat(contrat.pk, repere, **dits) is True
    assert refaire_un_contrat(contrat.pk, repere, **dits) is False
    assert refaire_un_contrat(contrat.pk + 999, repere, **dits) is None
    assert refaire_un_medecin(ici.un.pk, "", **dits) is False
    assert refaire_un_medecin(ici.deux.pk, "", **dits) is None
