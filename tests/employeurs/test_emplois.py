"""The jobs of a dossier: the organisation says the share of time and the last day; reading follows, to the day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.diagnostic.reconciliation import differences
from binome.dossiers.employeurs.models import EmploiSuivi
from binome.dossiers.employeurs.services import emplois_du
from binome.dossiers.models import Dossier
from binome.emplois.models import Emploi
from binome.emplois.permissions import emplois_lus
from binome.journal.histoire import histoire
from tests.dossiers.monde import depose, personne
from tests.dossiers.navigation import adresse, envoyer, page
from tests.employeurs.test_employeurs import ORMES, TILLEULS, associe, cabinet, lus

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde


def version(dossier: Dossier) -> int:
    return Dossier.objects.get(pk=dossier.pk).version


def dire(
    client: Client, qui: Personne, dossier: Dossier, geste: str, attendu: int = 302, **champs: Any
) -> str:
    """One gesture on the first job of a dossier, and the page that answers."""
    suivi = EmploiSuivi.objects.filter(dossier=dossier).earliest("pk")
    ici = adresse(dossier, f"emplois/{suivi.pk}/")
    reponse = envoyer(client, qui, ici, attendu, version=version(dossier), geste=geste, **champs)
    return str(reponse.content.decode())


def suivi(monde: Monde) -> tuple[Dossier, Personne]:
    """A filed dossier that Paul follows, and Paul."""
    _, paul = cabinet("tilleuls", TILLEULS)
    dossier = depose(monde)
    return associe(monde, dossier, TILLEULS, paul), paul


def test_l_association_dit_le_temps_de_travail(client: Client, monde: Monde) -> None:
    _, paul = cabinet("tilleuls", TILLEULS)
    dossier = depose(monde)
    ici = adresse(dossier, "employeur/")
    tape: dict[str, Any] = {
        "identifiant": TILLEULS, "courriel": paul.courriel, "version": version(dossier)
    }  # fmt: skip
    refus = envoyer(client, monde.alice, ici, 422, **tape, part="80")
    assert "en heures par semaine" in refus.content.decode()
    demain = timezone.localdate() + timedelta(days=1)
    refus = envoyer(client, monde.alice, ici, 422, **tape, du=demain.isoformat())
    assert "Ce premier jour est à venir" in refus.content.decode()
    assert not Emploi.objects.exists()
    envoyer(client, monde.alice, ici, **tape, part="28 heures par semaine", du="05/01/2026")
    emploi = Emploi.objects.get()
    assert (emploi.part, str(emploi.du)) == (8_000, "2026-01-05")
    dit = page(client, monde.alice, adresse(dossier, "emplois/"))
    assert "Cabinet tilleuls" in dit
    assert "80 % d’un temps plein. Depuis le 5 janvier 2026." in dit
    assert "Ses emplois, son temps de travail" in page(client, monde.alice, adresse(dossier))
    assert list(differences()) == []


def test_le_temps_de_travail_se_precise_et_se_corrige(client: Client, monde: Monde) -> None:
    dossier, _ = suivi(monde)
    assert "Part de temps inconnue." in page(client, monde.alice, adresse(dossier, "emplois/"))
    dit = dire(client, monde.alice, dossier, "preciser_l_emploi", 422, part="")
    assert "Dites le temps de travail, par exemple" in dit
    dit = dire(client, monde.alice, dossier, "preciser_l_emploi", 422, part="beaucoup")
    assert 'value="beaucoup"' in dit
    assert 'role="alert"' in dit
    dire(client, monde.alice, dossier, "preciser_l_emploi", part="mi-temps")
    dire(client, monde.alice, dossier, "preciser_l_emploi", part="80 %")
    emploi = Emploi.objects.get()
    assert emploi.part == 8_000
    assert [une["prive"]["part"] for une in histoire(emploi.objet)[1:]] == [
        {"avant": None, "apres": 5_000}, {"avant": 5_000, "apres": 8_000},
    ]  # fmt: skip
    assert "Temps de travail précisé" in page(client, monde.alice, adresse(dossier))
    assert list(differences()) == []


def test_des_parts_ne_depassent_pas_un_temps_plein(client: Client, monde: Monde) -> None:
    dossier, _ = suivi(monde)
    _, rose = cabinet("ormes", ORMES)
    associe(monde, dossier, ORMES, rose, nom="Cabinet ormes", part=6_000)
    dit = dire(client, monde.alice, dossier, "preciser_l_emploi", 422, part="mi-temps")
    assert "dépasserait un temps plein" in dit
    dire(client, monde.alice, dossier, "preciser_l_emploi", part="40 %")
    # Its own share does not count twice.
    dire(client, monde.alice, dossier, "preciser_l_emploi", part="30 %")
    assert [un.emploi.part for un in emplois_du(dossier)] == [3_000, 6_000]


def test_l_employeur_lit_jusqu_au_dernier_jour_compris(client: Client, monde: Monde) -> None:
    dossier, paul = suivi(monde)
    aujourd_hui = timezone.localdate()
    dire(client, monde.alice, dossier, "finir_l_emploi", au=aujourd_hui.isoformat())
    page(client, paul, adresse(dossier))
    assert "compris." in page(client, monde.alice, adresse(dossier, "emplois/"))
    # The day after.
    Emploi.objects.update(au=aujourd_hui - timedelta(days=1))
    page(client, paul, adresse(dossier), 404)
    assert dossier.reference not in page(client, paul, "/espace/")
    assert not emplois_lus(Acteur(paul)).exists()


def test_un_emploi_fini_hier_ne_se_lit_plus_et_peut_reprendre(client: Client, monde: Monde) -> None:
    dossier, paul = suivi(monde)
    hier = timezone.localdate() - timedelta(days=1)
    for au in ("", "31/02/2026"):
        dit = dire(client, monde.alice, dossier, "finir_l_emploi", 422, au=au)
        assert 'role="alert"' in dit
    dire(client, monde.alice, dossier, "finir_l_emploi", au=hier.isoformat())
    assert lus(paul) == []
    dit = page(client, monde.alice, adresse(dossier, "emplois/"))
    assert "Terminé le" in dit
    assert "L’employeur ne lit plus le dossier." in dit
    assert "Fin d’un emploi enregistrée" in page(client, monde.alice, adresse(dossier))
    assert "déjà terminé" in dire(
        client, monde.alice, dossier, "finir_l_emploi", 422, au=hier.isoformat()
    )
    assert list(differences()) == []
    # Taken on again, from a day on.
    ici = adresse(dossier, "employeur/")
    tape: dict[str, Any] = {
        "identifiant": TILLEULS, "courriel": paul.courriel, "version": version(dossier)
    }  # fmt: skip
    refus = envoyer(client, monde.alice, ici, 422, **tape)
    assert "déjà dit" in refus.content.decode()
    envoyer(client, monde.alice, ici, **tape, du=timezone.localdate().isoformat())
    assert lus(paul) == [dossier]
    assert len(emplois_du(dossier)) == 2


def test_seul_l_organisme_lit_et_dit_les_emplois(client: Client, monde: Monde) -> None:
    dossier, paul = suivi(monde)
    for qui in (paul, monde.bob, monde.lea, monde.emma):
        page(client, qui, adresse(dossier, "emplois/"), 403)
        dire(client, qui, dossier, "finir_l_emploi", 403, au="2026-01-31")
        assert "Ses emplois" not in page(client, qui, adresse(dossier))
    for qui in (monde.charlie, personne("seule")):
        page(client, qui, adresse(dossier, "emplois/"), 404)
        dire(client, qui, dossier, "preciser_l_emploi", 404, part="mi-temps")
    assert Emploi.objects.get().part is None


def test_un_emploi_d_un_autre_dossier_n_est_pas_d_ici(client: Client, monde: Monde) -> None:
    dossier, _ = suivi(monde)
    autre = depose(monde)
    numero = EmploiSuivi.objects.get(dossier=dossier).pk
    tape: dict[str, Any] = {
        "version": version(autre),
        "geste": "finir_l_emploi",
        "au": "2026-01-31",
    }
    envoyer(client, monde.alice, adresse(autre, f"emplois/{numero}/"), 404, **tape)
    ici = adresse(dossier, f"emplois/{numero}/")
    refus = envoyer(client, monde.alice, ici, 422, version=version(dossier), geste="retirer")
    assert "Dites ce que vous enregistrez" in refus.content.decode()
    perime = {**tape, "version": version(dossier) - 1}
    envoyer(client, monde.alice, ici, 409, **perime)
    assert Emploi.objects.get().au is None


def test_un_emploi_deja_dit_ne_se_contredit_pas(client: Client, monde: Monde) -> None:
    dossier, paul = suivi(monde)
    autre = depose(monde)
    associe(monde, autre, TILLEULS, paul, part=5_000)
    # One person, one job: the share that was missing is known in both.
    assert Emploi.objects.get().part == 5_000
    assert [un.emploi.part for un in emplois_du(dossier)] == [5_000]
    tiers = depose(monde)
    ici = adresse(tiers, "employeur/")
    tape: dict[str, Any] = {
        "identifiant": TILLEULS, "courriel": paul.courriel, "version": version(tiers)
    }  # fmt: skip
    for champs, refus in (
        ({"part": "80 %"}, "avec une autre part de temps"),
        ({"du": "2025-01-06"}, "laissez vide son premier jour"),
    ):
        dit = envoyer(client, monde.alice, ici, 422, **tape, **champs).content.decode()
        assert refus in dit
        assert "50 %" not in dit.replace("« 28 heures par semaine », « 80 % »", "")
