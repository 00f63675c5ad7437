"""A convention runs from a day to a day: suspended, ended, renewed, announced, and silent outside its days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.courrier.models import Avis
from binome.gestes.recit import recit
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.journal.reconciliation import differences
from binome.reseau.appels import CANDIDATURES
from binome.reseau.conventions import CONVENTIONS
from binome.reseau.echeances import echeances_de, phrase_de
from binome.reseau.etats import EtatDeConvention
from binome.reseau.models import Convention
from binome.reseau.nouvelles import annoncer, annoncer_les_fins
from binome.reseau.permissions import conventions_visibles
from tests.reseau.vie import un_appel, une_candidature, une_convention

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

    from tests.dossiers.monde import Monde


def dans(jours: int) -> str:
    return (timezone.localdate() + timedelta(days=jours)).isoformat()


def geste(monde: Monde, une: Convention, nom: str, **donnees: Any) -> Convention:
    qui = monde.alice if nom == "dire_qualiopi" else monde.emma
    faire(CONVENTIONS, nom, une, Acteur(qui), version=une.version, donnees=donnees)
    return Convention.objects.select_related("organisme", "candidature__appel").get(pk=une.pk)


def test_elle_court_entre_ses_deux_jours_inclus(monde: Monde) -> None:
    une = une_convention(monde, au=10)
    jour = timezone.localdate()
    assert [une.en_vigueur(jour + timedelta(days=un)) for un in (-2, -1, 10, 11)] == [
        False, True, True, False,
    ]  # fmt: skip
    dites = [phrase_de(une, jour + timedelta(days=un)) for un in (-2, 0, 11)]
    assert [une.partition(" ")[0] for une in dites] == ["La", "Sous", "Plus"]
    assert "habilit" not in " ".join(dites)


def test_elle_se_suspend_se_leve_se_renouvelle_et_finit_en_disant_pourquoi(monde: Monde) -> None:
    une = une_convention(monde, au=10)
    jour = timezone.localdate()
    with pytest.raises(GesteImpossible, match="Dites pourquoi"):
        geste(monde, une, "suspendre")
    une = geste(monde, une, "suspendre", motif="Le site est en travaux.")
    assert not une.en_vigueur(jour)
    assert phrase_de(une, jour).startswith("Convention suspendue")
    une = geste(monde, une, "lever")
    with pytest.raises(GesteImpossible, match="donnez un jour d’après"):
        geste(monde, une, "renouveler", au=dans(10))
    une = geste(monde, une, "renouveler", au=dans(375))
    assert une.en_vigueur(jour + timedelta(days=375))
    for au in (dans(1), dans(-2)):
        with pytest.raises(GesteImpossible, match="aujourd’hui au plus tard"):
            geste(monde, une, "terminer", au=au, motif="Fin demandée.")
    une = geste(monde, une, "terminer", au=dans(0), motif="Fin demandée.")
    assert (une.etat, une.au) == (EtatDeConvention.TERMINEE, jour)
    assert [(un.mot, un.motif) for un in recit(CONVENTIONS, une, interne=True)] == [
        ("Convention terminée", "Fin demandée."), ("Convention renouvelée", ""),
        ("Suspension levée", ""), ("Convention suspendue", "Le site est en travaux."),
        ("Convention ouverte", ""),
    ]  # fmt: skip
    assert not list(differences())


def test_une_seule_court_un_jour_donne(monde: Monde) -> None:
    une_convention(monde, au=10)
    autre = une_candidature(monde, un_appel(monde, titre="Un autre"))
    faire(CANDIDATURES, "deposer", autre, Acteur(monde.alice), version=autre.version)
    with pytest.raises(GesteImpossible, match="court déjà du"):
        faire(
            CANDIDATURES, "accepter", autre, Acteur(monde.emma), version=autre.version,
            donnees={"du": dans(10), "au": dans(99)},
        )  # fmt: skip
    assert Convention.objects.count() == 1


@pytest.mark.postgresql
def test_deux_acceptations_au_meme_moment_en_ouvrent_une(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the other one wrote was not there yet when the days were compared: the database refuses, in words."""
    une_convention(monde, au=10)
    autre = une_candidature(monde, un_appel(monde, titre="Un autre"))
    faire(CANDIDATURES, "deposer", autre, Acteur(monde.alice), version=autre.version)
    rien = Convention.objects.none()
    monkeypatch.setattr(
        "binome.reseau.passages_d_appel.Convention.objects.filter", lambda **_: rien
    )
    monkeypatch.setattr("binome.reseau.conventions.echoir", lambda: 0)
    with pytest.raises(GesteImpossible, match="vient de s’ouvrir"):
        faire(
            CANDIDATURES, "accepter", autre, Acteur(monde.emma), version=autre.version,
            donnees={"du": dans(5), "au": dans(99)},
        )  # fmt: skip
    monkeypatch.undo()
    autre.refresh_from_db()
    assert (autre.etat, Convention.objects.count()) == ("deposee", 1)


def test_une_convention_passee_laisse_la_place_sans_attendre_la_nuit(monde: Monde) -> None:
    une = une_convention(monde, au=10)
    Convention.objects.update(du=dans(-20), au=dans(-1))
    autre = une_candidature(monde, un_appel(monde, titre="Un autre"))
    faire(CANDIDATURES, "deposer", autre, Acteur(monde.alice), version=autre.version)
    faire(
        CANDIDATURES, "accepter", autre, Acteur(monde.emma), version=autre.version,
        donnees={"du": dans(0), "au": dans(99)},
    )  # fmt: skip
    une.refresh_from_db()
    assert une.etat == EtatDeConvention.ECHUE
    assert autre.convention.etat == EtatDeConvention.EN_COURS


@pytest.mark.postgresql
def test_la_base_refuse_une_seconde_convention_en_cours(monde: Monde) -> None:
    une_convention(monde)
    autre = une_candidature(monde, un_appel(monde, titre="Un autre"))
    seconde = Convention.objects.get()
    seconde.pk, seconde.candidature = None, autre
    with pytest.raises(IntegrityError), transaction.atomic():
        seconde.save(force_insert=True)


@pytest.mark.postgresql
@pytest.mark.parametrize("faux", [{"au": "2001-01-01"}, {"qualiopi_au": "2001-01-01"}])
def test_la_base_refuse_des_jours_a_l_envers(monde: Monde, faux: dict[str, str]) -> None:
    une_convention(monde)
    with pytest.raises(IntegrityError), transaction.atomic():
        Convention.objects.update(**faux)


def test_ce_qui_finit_s_annonce_90_puis_30_jours_avant_une_fois_chacun(
    monde: Monde, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    une_convention(monde, au=91)
    Avis.objects.all().delete()
    jour = timezone.localdate()
    # The day of the announcement may be missed: the next one makes it, once.
    neufs = [
        annoncer_les_fins(jour + timedelta(days=91 - reste))
        for reste in (91, 90, 89, 29, 28, 0, -1)
    ]
    assert neufs == [0, 1, 0, 1, 0, 0, 0]
    assert set(Avis.objects.values_list("destinataire", flat=True)) == {monde.alice.courriel}
    assert {un.texte.partition(" le ")[0] for un in Avis.objects.all()} == {
        "Votre convention finit"
    }


def test_rien_ne_s_annonce_d_un_organisme_d_exemple_hors_d_une_demonstration(
    monde: Monde, settings: Settings
) -> None:
    settings.DEMONSTRATION = False
    une_convention(monde, au=20)
    assert annoncer() == 0
    assert not Avis.objects.exists()


def test_un_certificat_qui_finit_s_annonce_et_le_suivant_efface_l_alerte(
    monde: Monde, settings: Settings, client: Client
) -> None:
    settings.DEMONSTRATION = True
    jour = timezone.localdate()
    une = une_convention(monde, qualiopi_au=jour + timedelta(days=20))
    Avis.objects.all().delete()
    assert annoncer() == 1
    assert "Qualiopi" in Avis.objects.get().texte
    client.force_login(monde.emma)
    assert "Le certificat Qualiopi finit le" in client.get(
        "/espace/reseau/"
    ).content.decode().replace("\xa0", " ")
    une = geste(monde, une, "dire_qualiopi", numero="QUA-ESSAI-2", du=dans(21), au=dans(1000))
    assert (une.qualiopi, echeances_de(une, jour)) == ("QUA-ESSAI-2", [])


def test_le_travail_de_la_nuit_finit_ce_qui_est_passe(monde: Monde) -> None:
    une = une_convention(monde)
    Convention.objects.update(du=dans(-9), au=dans(-1))
    assert annoncer() == 1
    une.refresh_from_db()
    assert (une.etat, annoncer()) == (EtatDeConvention.ECHUE, 0)


def test_qui_lit_une_convention(monde: Monde, client: Client) -> None:
    une = une_convention(monde)
    lisent = {
        qui: une in conventions_visibles(Acteur(getattr(monde, qui)))
        for qui in ("alice", "bob", "charlie", "emma", "ana", "lea")
    }
    assert lisent == {
        "alice": True, "bob": True, "charlie": False, "emma": True, "ana": True, "lea": False,
    }  # fmt: skip
    client.force_login(monde.alice)
    page = client.get(f"/espace/suivis/conventions/{une.pk}/").content.decode().replace("\xa0", " ")
    assert "Sous convention du" in page
    assert "Convention d’exemple" in page
    adresse = f"/espace/suivis/conventions/{une.pk}/terminer/"
    assert client.post(adresse, {"version": une.version}).status_code == 403
